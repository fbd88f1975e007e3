//! JSON lines: members in a stated order, and nothing in them that could act on a terminal.

use serde_json::Value;

use crate::safe;

/// One object on one line, its members in the order given.
///
/// Members that are plain texts may come from the command line and are escaped. Those inside of objects and arrays are
/// texts of signed objects, in which SPEC section 6 forbids such characters.
pub(crate) fn object(members: impl IntoIterator<Item = (&'static str, Value)>) -> String {
    let mut line = String::with_capacity(2_048);
    for (name, value) in members {
        line.push(if line.is_empty() { '{' } else { ',' });
        line.push_str(&format!("\"{name}\":"));
        let json = serde_json::to_string(&value).unwrap_or_else(|_| "null".into());
        if value.is_string() { escape(&json, &mut line) } else { line.push_str(&json) }
    }
    line.push('}');
    line
}

/// Appends the same JSON with characters that terminals act on as `\u` escapes.
fn escape(json: &str, line: &mut String) {
    for character in json.chars() {
        if safe::is_forbidden(character) {
            let mut units = [0; 2];
            character.encode_utf16(&mut units).iter().for_each(|unit| line.push_str(&format!("\\u{unit:04x}")));
        } else {
            line.push(character);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_keep_their_order_and_values_are_unchanged() {
        let hostile = "a\u{1b}\u{9b}\u{202e}\u{e0041}\u{7f}é";
        let line = object([("zebra", hostile.into()), ("ant", 1.into())]);
        assert!(line.starts_with("{\"zebra\":") && !line.chars().any(safe::is_forbidden), "{line}");
        assert_eq!(serde_json::from_str::<Value>(&line).unwrap()["zebra"], hostile);
    }
}
