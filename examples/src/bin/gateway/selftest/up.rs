//! What goes up.

use std::fs;
use std::ops::Range;
use std::path::Path;

use base64::prelude::{BASE64_STANDARD, Engine};
use byte_stream::ByteStreamExt;
use byte_stream::codec::{Compress, Encoding};
use bytes::Bytes;
use sha2::{Digest, Sha256};

use super::curl::Answer;
use super::site::{LARGEST, Site, noise};
use crate::Result;

pub(super) async fn check(site: &mut Site) -> Result<()> {
    whole(site).await?;
    compressed(site).await?;
    too_long(site).await?;
    with_digest(site).await?;
    in_parts(site).await
}

fn sum(name: &str, content: &[u8]) -> String {
    format!("{name}: sha-256=:{}:", BASE64_STANDARD.encode(Sha256::digest(content)))
}

impl Site {
    /// Uploads a file, and says what the server says.
    async fn put(&self, name: &str, file: &Path, options: &[&str]) -> Result<u16> {
        let file = file.display().to_string();
        Ok(self.curl(name, &[&["--upload-file", &file], options].concat()).await?.status)
    }

    /// Uploads this range of a file.
    async fn put_part(&self, content: &[u8], range: Range<usize>, fields: &[&str]) -> Result<Answer> {
        let file = self.scratch("part", &content[range.clone()])?.display().to_string();
        let named = format!("content-range: bytes {}-{}/{}", range.start, range.end - 1, content.len());
        let fields = fields.iter().flat_map(|field| ["-H", field]);
        let options: Vec<&str> = ["-T", &file, "-H", &named].into_iter().chain(fields).collect();
        self.curl("parts", &options).await
    }

    /// Whether this is refused so, and leaves nothing behind.
    async fn refuses(&self, status: u16, file: &Path, options: &[&str]) -> Result<bool> {
        let refused = self.put("refused", file, options).await? == status;
        Ok(refused && !self.has("refused") && self.drafts().is_empty())
    }
}

async fn whole(site: &mut Site) -> Result<()> {
    let content = noise(5 << 20);
    let file = site.scratch("file", &content)?;
    let status = site.put("up", &file, &[]).await?;
    site.check("a file goes up", status == 201 && site.read("up")? == content && site.drafts().is_empty());
    let back = site.curl("up", &[]).await?;
    site.check("and comes down again", back.body == content);
    site.check("the log tells how far it is", site.has_logged(&["uri=/up", "receiving"]));
    let status = site.put("up", &site.scratch("file", "shorter")?, &[]).await?;
    site.check("another takes its place", status == 201 && site.read("up")? == b"shorter");
    let status = site.put("missing/up", &file, &[]).await?;
    site.check("nothing goes up where there is no directory", status == 404);
    for path in ["", "deep"] {
        let at_file = format!("@{}", file.display());
        let status = site.curl(path, &["--request", "PUT", "--data-binary", &at_file]).await?.status;
        let refused = status == 409 && site.drafts().is_empty();
        site.check(&format!("no file takes the place of the directory /{path}"), refused);
    }
    Ok(())
}

async fn compressed(site: &mut Site) -> Result<()> {
    let text = "who is there? ".repeat(10_000);
    for coding in [Encoding::Gzip, Encoding::Zstd] {
        let packed = Compress::new(Bytes::from(text.clone()), coding)?.collect_vec().await?;
        let packed = site.scratch("packed", packed)?;
        let status = site.put("text", &packed, &["-H", &format!("content-encoding: {coding}")]).await?;
        let is_plain = site.read("text")? == text.as_bytes();
        site.check(&format!("what goes up in {coding} is stored plain"), status == 201 && is_plain);
    }
    let gzip = ["-H", "content-encoding: gzip"];
    let dense = vec![0; 10 << 20];
    let long = noise(1024).repeat(LARGEST as usize / 1024 + 1);
    for (what, bomb) in [("denser than any file", dense), ("too long when it is unpacked", long)] {
        let bomb = Compress::new(Bytes::from(bomb), Encoding::Gzip)?.collect_vec().await?;
        let refused = site.refuses(413, &site.scratch("bomb", bomb)?, &gzip).await?;
        site.check(&format!("a bomb that is {what} is refused"), refused);
    }
    let refused = site.refuses(400, &site.scratch("file", "no gzip")?, &gzip).await?;
    site.check("what is not as it is said to be coded is refused", refused);
    let refused = site.refuses(415, &site.scratch("file", "")?, &["-H", "content-encoding: compress"]).await?;
    site.check("an unknown coding is refused", refused);
    Ok(())
}

async fn too_long(site: &mut Site) -> Result<()> {
    let file = site.scratch("file", vec![b'x'; LARGEST as usize + 1])?;
    let refused = site.refuses(413, &file, &[]).await?;
    site.check("what is too long is refused", refused);
    let refused = site.refuses(413, &file, &["-H", "transfer-encoding: chunked"]).await?;
    site.check("what is too long and does not say so is refused", refused);
    let file = site.scratch("file", vec![b'x'; LARGEST as usize])?;
    let status = site.put("long", &file, &["-H", "transfer-encoding: chunked"]).await?;
    site.check("what is just as long as it may be is not", status == 201 && site.read("long")? == fs::read(file)?);
    Ok(())
}

async fn with_digest(site: &mut Site) -> Result<()> {
    let content = noise(1 << 20);
    let file = site.scratch("file", &content)?;
    for name in ["content-digest", "repr-digest"] {
        let status = site.put("checked", &file, &["-H", &sum(name, &content)]).await?;
        site.check(&format!("the right {name} is right"), status == 201 && site.read("checked")? == content);
        let refused = site.refuses(422, &file, &["-H", &sum(name, b"another")]).await?;
        site.check(&format!("a wrong {name} is refused"), refused);
    }
    let refused = site.refuses(400, &file, &["-H", "content-digest: sha-256=:short:"]).await?;
    site.check("a digest that is none is refused", refused);
    Ok(())
}

async fn in_parts(site: &mut Site) -> Result<()> {
    let content = noise(3 << 20);
    let (second, third, total) = (1 << 20, 2 << 20, content.len());
    let whole = sum("repr-digest", &content);

    let first = site.put_part(&content, 0..second, &[]).await?;
    let so_far = site.curl("parts?partial", &["--head"]).await?;
    let is_told = so_far.field("content-length") == Some(&second.to_string());
    site.check("a part is kept, and is no file yet", first.status == 202 && is_told && !site.has("parts"));
    let last = site.put_part(&content, third..total, &[]).await?;
    let is_told = last.field("upload-offset") == Some(&second.to_string());
    site.check("a part that is not the next is refused", last.status == 409 && is_told);
    let damaged = site.put_part(&content, second..third, &[&sum("content-digest", b"another")]).await?;
    site.check("a part with a wrong digest does not count", damaged.status == 422);
    let right = sum("content-digest", &content[second..third]);
    let next = site.put_part(&content, second..third, &[&right, &whole]).await?;
    let last = site.put_part(&content, third..total, &[&whole]).await?;
    let is_whole = site.read("parts")? == content && site.drafts().is_empty();
    site.check("three parts are a file", (next.status, last.status) == (202, 201) && is_whole);
    let so_far = site.curl("parts?partial", &["--head"]).await?;
    site.check("and no part any more", so_far.status == 404);

    let file = site.scratch("part", b"hello")?;
    let wrong = ["-H", "content-range: bytes 0-4/5", "-H", &sum("repr-digest", b"another")];
    let refused = site.refuses(422, &file, &wrong).await?;
    site.check("a whole of parts with a wrong digest is refused", refused);
    let refused = site.refuses(413, &file, &["-H", "content-range: bytes 0-1/5"]).await?;
    site.check("a part that is longer than it says is refused", refused);
    Ok(())
}
