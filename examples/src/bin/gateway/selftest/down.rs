//! What goes down.

use std::fs;
use std::process::Command;

use async_zip::base::read::mem::ZipFileReader;
use byte_stream::codec::{Decompress, Encoding};
use byte_stream::{ByteStreamExt, FromFile};
use sha2::{Digest, Sha256};

use super::site::{BIG, Site, TEXT};
use crate::Result;

/// [`TEXT`], as it is written in a URL.
const TEXT_URL: &str = "deep/er/gr%C3%B6%C3%9Fe%20und%20mehr.txt";

pub(super) async fn check(site: &mut Site) -> Result<()> {
    whole(site).await?;
    compressed(site).await?;
    in_parts(site).await?;
    with_trailer(site).await?;
    hidden(site).await?;
    zipped(site).await
}

async fn whole(site: &mut Site) -> Result<()> {
    let big = site.read(BIG)?;
    let got = site.curl(BIG, &[]).await?;
    let length = got.field("content-length") == Some(&big.len().to_string());
    site.check("a file comes down as it is, with its length", got.status == 200 && length && got.body == big);
    let count = format!("bytes={}", big.len());
    let is_logged = site.comes_true(|site| site.has_logged(&["uri=/big.bin", "sent", &count])).await;
    site.check("the log tells how many bytes were sent", is_logged);

    let head = site.curl(BIG, &["--head"]).await?;
    site.check("HEAD tells the length", head.field("content-length") == Some(&big.len().to_string()));
    let known = format!("if-none-match: {}", got.field("etag").unwrap_or_default());
    let again = site.curl(BIG, &["-H", &known]).await?;
    site.check("what is known already does not come again", again.status == 304 && again.body.is_empty());
    let empty = site.curl("empty", &[]).await?;
    site.check("an empty file is empty", empty.status == 200 && empty.body.is_empty());
    let missing = site.curl("missing", &[]).await?.status;
    let directory = site.curl("deep", &[]).await?.status;
    site.check("what is no file is none", (missing, directory) == (404, 409));
    Ok(())
}

async fn compressed(site: &mut Site) -> Result<()> {
    let text = site.read(TEXT)?;
    for coding in [Encoding::Gzip, Encoding::Zstd] {
        let got = site.curl(TEXT_URL, &["-H", &format!("accept-encoding: {coding}")]).await?;
        let is_smaller = got.field("content-encoding") == Some(coding.name()) && got.body.len() < text.len() / 2;
        let packed = FromFile::open(site.scratch("packed", got.body)?).await?;
        let plain = Decompress::new(packed, coding)?.collect_vec().await?;
        site.check(&format!("a file comes down in {coding}"), is_smaller && plain == text);
    }
    let got = site.curl(TEXT_URL, &["--compressed"]).await?;
    site.check("curl understands what it has asked for", got.body == text && got.field("content-encoding").is_some());
    let refused = site.curl(TEXT_URL, &["-H", "accept-encoding: br, *;q=0"]).await?;
    site.check("a coding that is not there is not acceptable", refused.status == 406);
    Ok(())
}

async fn in_parts(site: &mut Site) -> Result<()> {
    let big = site.read(BIG)?;
    let got = site.curl(BIG, &["--range", "1000-1999", "-H", "accept-encoding: gzip"]).await?;
    let named = got.field("content-range") == Some(&format!("bytes 1000-1999/{}", big.len()));
    let is_plain = got.field("content-encoding").is_none();
    site.check("a range is a range, and plain", got.status == 206 && named && is_plain && got.body == big[1000..2000]);
    let last = site.curl(BIG, &["--range", "-7"]).await?;
    site.check("the last bytes are the last", last.status == 206 && big.ends_with(&last.body) && last.body.len() == 7);

    let began = site.scratch("began", &big[..big.len() / 3])?;
    let resumed = site.command(BIG).args(["--continue-at", "-", "-o"]).arg(&began).output().await?;
    site.check("curl resumes a download", resumed.stdout == b"206" && fs::read(began)? == big);

    let beyond = site.curl(BIG, &["--range", "99999999-"]).await?;
    let named = beyond.field("content-range") == Some(&format!("bytes */{}", big.len()));
    site.check("a range beyond the end cannot be had", beyond.status == 416 && named);
    let changed = site.curl(BIG, &["--range", "0-9", "-H", "if-range: \"another\""]).await?;
    site.check("a range of another version is the whole of this one", changed.status == 200 && changed.body == big);
    Ok(())
}

async fn with_trailer(site: &mut Site) -> Result<()> {
    for (name, url) in [(TEXT, TEXT_URL), ("empty", "empty")] {
        let file = site.read(name)?;
        let sum: String = Sha256::digest(&file).iter().map(|byte| format!("{byte:02x}")).collect();
        for coding in ["identity", "gzip"] {
            let accept = format!("accept-encoding: {coding}");
            let got = site.curl(url, &["--compressed", "-H", &accept, "-H", "te: trailers"]).await?;
            let is_good = got.body == file && got.field("x-sha256") == Some(&sum);
            site.check(&format!("the digest of {name} follows its bytes in {coding}"), is_good);
        }
    }
    let without = site.curl(TEXT_URL, &[]).await?;
    site.check("no digest follows for those who do not listen", without.field("x-sha256").is_none());
    Ok(())
}

async fn hidden(site: &mut Site) -> Result<()> {
    for path in ["../secret", "%2e%2e/secret", "deep/..%2f..%2fsecret", ".hidden", "deep/../.hidden", "big.bin/%00"] {
        let got = site.curl(path, &[]).await?;
        site.check(&format!("{path} is refused"), matches!(got.status, 400 | 404) && got.body != b"secret");
    }
    Ok(())
}

async fn zipped(site: &mut Site) -> Result<()> {
    let got = site.curl("?zip", &[]).await?;
    let path = site.scratch("all.zip", &got.body)?;
    let zip = ZipFileReader::new(got.body).await?;
    let mut same = 0;
    for (i, entry) in zip.file().entries().iter().enumerate() {
        let mut content = Vec::new();
        zip.reader_with_entry(i).await?.read_to_end_checked(&mut content).await?;
        same += usize::from(site.read(entry.filename().as_str()?)? == content);
    }
    let of = zip.file().entries().len();
    site.check("a zip has every file that is not hidden, and whole", got.status == 200 && (same, of) == (3, 3));
    if let Ok(tested) = Command::new("unzip").arg("-tq").arg(path).output() {
        site.check("unzip finds nothing wrong with it", tested.status.success());
    }
    let file = site.curl("big.bin?zip", &[]).await?;
    site.check("a file is no directory", file.status == 404);
    Ok(())
}
