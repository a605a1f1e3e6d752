//! curl, and what it says.

use std::fs;
use std::process::Stdio;

use tokio::process::Command;

use super::site::Site;
use crate::Result;

pub(super) struct Answer {
    pub(super) status: u16,
    /// Every line of every head, and of the trailers.
    head: String,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn field(&self, name: &str) -> Option<&str> {
        let mut fields = self.head.lines().filter_map(|line| line.split_once(": "));
        fields.rfind(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }
}

impl Site {
    /// Runs curl on a path of the server, with these options.
    pub(super) async fn curl(&self, path: &str, options: &[&str]) -> Result<Answer> {
        let (head, body) = (self.scratch("head", "")?, self.scratch("body", "")?);
        let mut curl = self.command(path);
        let output = curl.args(options).arg("-D").arg(&head).arg("-o").arg(&body).output().await?;
        if !output.status.success() {
            return Err(format!("{path}: {}", String::from_utf8_lossy(&output.stderr).trim()).into());
        }
        let status = String::from_utf8(output.stdout)?.parse()?;
        Ok(Answer { status, head: String::from_utf8_lossy(&fs::read(head)?).into_owned(), body: fs::read(body)? })
    }

    pub(super) fn command(&self, path: &str) -> Command {
        let mut curl = Command::new("curl");
        curl.args(["--disable", "--noproxy", "*", "--silent", "--show-error", "--path-as-is"]);
        curl.args(["--max-time", "30", "--write-out", "%{http_code}"]);
        curl.arg(format!("http://{}/{path}", self.address));
        curl.stdin(Stdio::null()).kill_on_drop(true);
        curl
    }
}
