//! JSON lines: members in a stated order, and nothing in them that could act on a terminal.

use serde_json::Value;

use crate::safe;

/// One object on one line, its members in the order given.
pub(crate) fn object(members: impl IntoIterator<Item = (&'static str, Value)>) -> String {
    let members: Vec<_> = members.into_iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
    escaped(format!("{{{}}}", members.join(",")))
}

/// The same JSON with characters that terminals act on as `\u` escapes; outside strings there are none.
fn escaped(json: String) -> String {
    if !json.chars().any(|c| !c.is_ascii() || c == '\u{7F}') || !json.chars().any(safe::is_forbidden) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 16);
    for character in json.chars() {
        if safe::is_forbidden(character) {
            let mut units = [0; 2];
            character.encode_utf16(&mut units).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
        } else {
            out.push(character);
        }
    }
    out
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
