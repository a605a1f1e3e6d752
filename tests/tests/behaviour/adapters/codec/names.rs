//! Codings by name, in the fields of HTTP.

use std::io;

use byte_stream::codec::Encoding::{self, Brotli, Deflate, Gzip, Identity, Zstd};
use byte_stream::codec::EncodingError;
use http::HeaderValue;
use proptest::prelude::*;

const ALL: [Encoding; 5] = [Identity, Gzip, Deflate, Brotli, Zstd];

#[test]
fn a_name_is_read_in_any_case_and_written_in_its_own() {
    for (name, coding) in [("identity", Identity), ("gzip", Gzip), ("deflate", Deflate), ("br", Brotli), ("zstd", Zstd)]
    {
        assert_eq!(name.parse(), Ok(coding));
        assert_eq!(name.to_ascii_uppercase().parse(), Ok(coding));
        assert_eq!((coding.name(), coding.to_string()), (name, name.to_owned()));
    }
    assert_eq!("x-gzip".parse(), Ok(Gzip));
    assert_eq!(format!("[{Gzip:>6}]"), "[  gzip]");
    for unknown in ["", " gzip", "gzip ", "compress", "x-zstd", "*", "brotli", "gzip;q=1", "ĝzip"] {
        assert_eq!(unknown.parse::<Encoding>(), Err(EncodingError::Unknown), "{unknown:?}");
    }
}

#[test]
fn a_content_encoding_names_one_coding() {
    for (field, coding) in [
        ("", Ok(Identity)),
        (" , ,", Ok(Identity)),
        ("identity", Ok(Identity)),
        ("gzip", Ok(Gzip)),
        (" \tGZIP\t ", Ok(Gzip)),
        (", x-gzip ,", Ok(Gzip)),
        ("identity, br, identity", Ok(Brotli)),
        ("gzip, zstd", Err(EncodingError::Several)),
        ("gzip, gzip", Err(EncodingError::Several)),
        ("gzip, sdch", Err(EncodingError::Unknown)),
        ("gzip zstd", Err(EncodingError::Unknown)),
        ("gzip;q=1", Err(EncodingError::Unknown)),
        ("gzip\u{a0}", Err(EncodingError::Unknown)),
    ] {
        assert_eq!(Encoding::from_content_encoding(field), coding, "{field:?}");
        if let Ok(value) = HeaderValue::from_str(field) {
            assert_eq!(Encoding::try_from(&value), coding, "{field:?}");
        }
    }
}

#[test]
fn several_codings_are_listed_in_the_order_in_which_they_were_applied() {
    let listed: Vec<_> = Encoding::codings("gzip,, zstd , sdch").collect();
    assert_eq!(listed, [Ok(Gzip), Ok(Zstd), Err(EncodingError::Unknown)]);
    let undone: Vec<_> = Encoding::codings("gzip,, zstd ,").rev().collect();
    assert_eq!(undone, [Ok(Zstd), Ok(Gzip)]);
}

#[test]
fn a_coding_that_cannot_be_had_is_unsupported_in_io() {
    let error = io::Error::from(EncodingError::Unsupported(Brotli));
    assert_eq!((error.kind(), error.to_string().contains("`br`")), (io::ErrorKind::Unsupported, true));
    assert_eq!(error.downcast::<EncodingError>().unwrap(), EncodingError::Unsupported(Brotli));
}

#[test]
fn a_coding_is_the_value_of_a_field() {
    assert_eq!(HeaderValue::from(Brotli), "br");
    assert_eq!(Encoding::try_from(&HeaderValue::from_bytes(b"gz\xffip").unwrap()), Err(EncodingError::Unknown));
}

#[test]
fn all_that_is_built_in_is_offered_with_identity_last() {
    assert_eq!(Encoding::SUPPORTED, [Zstd, Brotli, Gzip, Deflate, Identity]);
    assert!(ALL.into_iter().all(Encoding::is_supported));
}

/// RFC 9110, section 12.5.3, and the weights of 12.4.2.
#[test]
fn the_coding_that_the_client_likes_best_is_chosen() {
    let offers = [Zstd, Brotli, Gzip, Identity];
    for (field, chosen) in [
        // The examples of the RFC.
        ("compress, gzip", Some(Gzip)),
        ("", Some(Identity)),
        ("*", Some(Zstd)),
        ("compress;q=0.5, gzip;q=1.0", Some(Gzip)),
        ("gzip;q=1.0, identity; q=0.5, *;q=0", Some(Gzip)),
        // Of equal weights the server's first.
        ("gzip, br, zstd", Some(Zstd)),
        ("gzip, br", Some(Brotli)),
        ("gzip;q=0.8, br;q=0.8, zstd;q=0.7", Some(Brotli)),
        ("gzip;q=0.801, br;q=0.8", Some(Gzip)),
        // `identity` is acceptable unless it is excluded, and comes last unless it is weighed.
        ("deflate", Some(Identity)),
        ("gzip;q=0.001", Some(Gzip)),
        ("gzip;q=0.5, identity", Some(Identity)),
        ("gzip;q=0.5, identity;q=0.5", Some(Gzip)),
        ("identity;q=0", None),
        ("*;q=0", None),
        ("*;q=0, identity;q=0.1", Some(Identity)),
        ("gzip;q=0", Some(Identity)),
        ("gzip;q=0, *", Some(Zstd)),
        ("zstd;q=0, br;q=0, *", Some(Gzip)),
        ("*;q=0.5, gzip;q=0.4", Some(Zstd)),
        ("identity;q=0, deflate", None),
        // Case, whitespace, other names, empty elements.
        ("GZIP;Q=0.5", Some(Gzip)),
        ("x-gzip", Some(Gzip)),
        (" gzip\t;\tq=0.5 , ,br ; q=0.4", Some(Gzip)),
        (",,,", Some(Identity)),
        // Weights at their bounds.
        ("gzip;q=1.000", Some(Gzip)),
        ("gzip;q=0.", Some(Identity)),
        ("gzip;q=1.", Some(Gzip)),
        ("gzip;q=0.000", Some(Identity)),
        // Malformed ones are ignored.
        ("gzip;q=1.001, br;q=0.1", Some(Brotli)),
        ("gzip;q=2, br;q=0.1", Some(Brotli)),
        ("gzip;q=0.1234, br;q=0.1", Some(Brotli)),
        ("gzip;q=-1, br;q=0.1", Some(Brotli)),
        ("gzip;q=, br;q=0.1", Some(Brotli)),
        ("gzip;q, br;q=0.1", Some(Brotli)),
        ("gzip;, br;q=0.1", Some(Brotli)),
        ("gzip;q =1, br;q=0.1", Some(Brotli)),
        ("gzip;q=1;q=1, br;q=0.1", Some(Brotli)),
        ("gzip;level=9, br;q=0.1", Some(Brotli)),
        ("gzip;q=+1, br;q=0.1", Some(Brotli)),
        ("gzip;q=0.٣, br;q=0.1", Some(Brotli)),
        ("gzip br;q=0.1", Some(Identity)),
        ("**", Some(Identity)),
        ("\u{a0}*", Some(Identity)),
        // The first weight of a coding counts.
        ("gzip;q=0, gzip", Some(Identity)),
        ("gzip, x-gzip;q=0", Some(Gzip)),
    ] {
        assert_eq!(Encoding::negotiate(field, &offers), chosen, "{field:?}");
    }
}

#[test]
fn only_what_is_offered_is_chosen() {
    assert_eq!(Encoding::negotiate("gzip", &[]), None);
    assert_eq!(Encoding::negotiate("gzip", &[Zstd]), None);
    assert_eq!(Encoding::negotiate("gzip", &[Zstd, Gzip]), Some(Gzip));
    assert_eq!(Encoding::negotiate("", &[Gzip]), None);
    assert_eq!(Encoding::negotiate("gzip, zstd", &[Gzip, Zstd]), Some(Gzip), "in the order of the offers");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        let _ = Encoding::from_content_encoding(&text);
        prop_assert!(Encoding::codings(&text).count() == Encoding::codings(&text).rev().count());
        let _ = Encoding::negotiate(&text, &ALL);
    }

    #[test]
    fn what_looks_like_a_field_is_answered_with_an_offer_that_is_not_excluded(
        text in "((gzip|x-gzip|br|zstd|identity|\\*|x)[ \t]?(;[ \t]?[qQ]=(0|1|0\\.[0-9]{0,4}|1\\.0{0,4}|[a-z.]{0,3}))?[ ,\t]{0,2},?){0,6}",
        offers in proptest::sample::subsequence(ALL.to_vec(), 0..=5),
    ) {
        if let Some(chosen) = Encoding::negotiate(&text, &offers) {
            prop_assert!(offers.contains(&chosen));
            prop_assert_ne!(Encoding::negotiate(&format!("{chosen};q=0, {text}"), &[chosen]), Some(chosen));
        }
        // Whoever accepts nothing gets nothing, whatever comes behind it.
        let excluded = ALL.map(|coding| format!("{coding};q=0")).join(",");
        prop_assert_eq!(Encoding::negotiate(&format!("{excluded},{text}"), &offers), None);
    }
}
