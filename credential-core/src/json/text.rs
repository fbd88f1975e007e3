//! JSON text, written from front to back.

use core::fmt::Write;

/// A JSON text that grows; commas are set by themselves.
#[derive(Clone, Debug, Default)]
pub struct JsonText {
    out: String,
}

impl JsonText {
    /// Opens an object or an array: `{` or `[`.
    pub fn open(&mut self, bracket: char) {
        self.separate();
        self.out.push(bracket);
    }

    /// Closes what was opened last: `}` or `]`.
    pub fn close(&mut self, bracket: char) {
        self.out.push(bracket);
    }

    /// A key of an object; its value is written next.
    pub fn key(&mut self, name: &str) -> &mut Self {
        self.text(name);
        self.out.push(':');
        self
    }

    /// A string.
    pub fn text(&mut self, text: &str) {
        self.separate();
        self.out.push('"');
        for character in text.chars() {
            if character < ' ' {
                let _ = write!(self.out, "\\u{:04x}", u32::from(character));
                continue;
            }
            if character == '"' || character == '\\' {
                self.out.push('\\');
            }
            self.out.push(character);
        }
        self.out.push('"');
    }

    /// An array of strings.
    pub fn texts<'a>(&mut self, texts: impl Iterator<Item = &'a str>) {
        self.open('[');
        texts.for_each(|text| self.text(text));
        self.close(']');
    }

    /// Bytes as a string of hexadecimal digits.
    pub fn hex(&mut self, bytes: &[u8]) {
        self.separate();
        self.out.push('"');
        bytes.iter().for_each(|byte| {
            let _ = write!(self.out, "{byte:02x}");
        });
        self.out.push('"');
    }

    /// A whole number.
    pub fn number(&mut self, number: u64) {
        self.separate();
        let _ = write!(self.out, "{number}");
    }

    /// `true`.
    pub fn yes(&mut self) {
        self.separate();
        self.out.push_str("true");
    }

    /// `false`.
    pub fn no(&mut self) {
        self.separate();
        self.out.push_str("false");
    }

    /// `null`.
    pub fn null(&mut self) {
        self.separate();
        self.out.push_str("null");
    }

    /// A comma, unless this is the first of its object, array or text, or the value of a key.
    fn separate(&mut self) {
        if !matches!(self.out.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.out.push(',');
        }
    }
}

impl From<JsonText> for String {
    fn from(json: JsonText) -> Self {
        json.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_as_what_was_written() {
        let odd: String = (0..0x300).filter_map(char::from_u32).chain(['\u{2028}', '\u{1f600}']).collect();
        let mut json = JsonText::default();
        json.open('{');
        json.key(&odd).text(&odd);
        json.key("numbers").open('[');
        [0, u64::MAX].into_iter().for_each(|number| json.number(number));
        json.close(']');
        json.key("empty").texts([].into_iter());
        json.key("texts").texts(["a", "[", ":"].into_iter());
        json.key("hex").hex(&[0, 255]);
        json.key("true").yes();
        json.key("false").no();
        json.key("null").null();
        json.close('}');
        let read: serde_json::Value = serde_json::from_str(&String::from(json)).unwrap();
        let expected = serde_json::json!({
            odd.clone(): odd, "numbers": [0, u64::MAX], "empty": [], "texts": ["a", "[", ":"], "hex": "00ff",
            "true": true, "false": false, "null": null,
        });
        assert_eq!(read, expected);
    }
}
