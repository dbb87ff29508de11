//! Reading the letters that were put into a folder.

use std::{fs, io, path::Path};

use mail_parser::MessageParser;

/// A letter in the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    pub number: u64,
    pub to: String,
    pub subject: String,
    /// As plain text.
    pub text: String,
}

/// The newest letters of a folder, newest first. A folder that is not there has none.
pub fn newest(folder: &Path, limit: usize) -> io::Result<Vec<Posted>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut numbers = Vec::new();
    for entry in entries {
        let name = entry?.file_name();
        let stem = name.to_str().and_then(|name| name.strip_suffix(".eml"));
        numbers.extend(stem.and_then(|stem| stem.parse::<u64>().ok()));
    }
    numbers.sort_unstable_by(|a, b| b.cmp(a));
    numbers.truncate(limit);
    let letters = numbers.into_iter().map(|number| posted(folder, number));
    letters.filter_map(Result::transpose).collect()
}

/// The letter of this number, where there is one that can be read.
pub fn posted(folder: &Path, number: u64) -> io::Result<Option<Posted>> {
    let bytes = match fs::read(folder.join(format!("{number:08}.eml"))) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    Ok(MessageParser::default().parse(&bytes).map(|message| {
        let to = message.to().and_then(|to| to.first()).and_then(|to| to.address());
        Posted {
            number,
            to: to.unwrap_or_default().to_owned(),
            subject: message.subject().unwrap_or_default().to_owned(),
            text: message.body_text(0).unwrap_or_default().into_owned(),
        }
    }))
}
