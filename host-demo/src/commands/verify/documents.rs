//! Files of JSON documents: one a line, or one after the other laid out for reading.

use crate::failure::{Failure, Outcome};
use serde_json::de::IoRead;
use serde_json::value::RawValue;
use serde_json::{Deserializer, StreamDeserializer};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

/// The documents of a file, one held at a time.
pub(super) struct Documents {
    name: String,
    stream: StreamDeserializer<'static, IoRead<BufReader<Box<dyn Read>>>, Box<RawValue>>,
}

impl Documents {
    /// Opens a file; `-` is standard input.
    pub(super) fn open(path: &Path) -> Outcome<Self> {
        let (name, input): (String, Box<dyn Read>) = if path.as_os_str() == "-" {
            ("standard input".to_owned(), Box::new(std::io::stdin()))
        } else {
            let fault = |error| Failure::reading(path, &error);
            if path.is_dir() {
                return Err(fault(std::io::ErrorKind::IsADirectory.into()));
            }
            (format!("`{}`", path.display()), Box::new(File::open(path).map_err(fault)?))
        };
        let stream = Deserializer::from_reader(BufReader::with_capacity(1 << 16, input)).into_iter();
        Ok(Self { name, stream })
    }

    /// The text of the next document as it stands in the file.
    pub(super) fn next(&mut self) -> Outcome<Option<String>> {
        let document = self.stream.next().transpose().map_err(|error| {
            Failure::new(format!("{} is not JSON: {error}", self.name))
                .help("it must hold JSON objects, as `rules decide` and `rules check` write them")
        })?;
        match document {
            Some(document) if !document.get().starts_with('{') => {
                Err(Failure::new(format!("{} holds something that is no JSON object", self.name))
                    .help("it must hold JSON objects, as `rules decide` and `rules check` write them"))
            }
            document => Ok(document.map(|document| Box::<str>::from(document).into_string())),
        }
    }
}
