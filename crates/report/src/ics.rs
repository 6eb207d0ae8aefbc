//! Calendar files (iCalendar, RFC 5545) of all-day events, such as deadlines, for the calendar that people already use.
//!
//! Written here and not by a crate: `icalendar` brings a second date library with a clock and random identifiers, `ics` folds
//! lines to 76 octets, and what is needed is shorter than either's use.

use jiff::Timestamp;
use jiff::civil::Date;

/// Longest line in octets, without its end (section 3.1).
const LIMIT: usize = 75;

/// Something that fills a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Identifies the event for ever: a calendar replaces the one that it has under the same identifier.
    pub uid: String,
    /// What it is, in a few words.
    pub summary: String,
    /// More about it, with line breaks; may be empty.
    pub description: String,
    /// Where in Tolok it is dealt with; may be empty.
    pub url: String,
    /// The day.
    pub date: Date,
}

/// A calendar of these events, each with a reminder three days before. `stamp` says as of when they hold; the same events and
/// the same stamp give the same bytes. The standard wants at least one event.
pub fn render(events: &[Event], stamp: Timestamp) -> String {
    let stamp = stamp.strftime("%Y%m%dT%H%M%SZ").to_string();
    let mut out = String::new();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tolok//Tolok//ID", "CALSCALE:GREGORIAN"] {
        push_line(&mut out, line);
    }
    for event in events {
        push_event(&mut out, event, &stamp);
    }
    push_line(&mut out, "END:VCALENDAR");
    out
}

/// One event. Without an end it lasts its day (section 3.6.1); being transparent it keeps nobody from being invited that day.
fn push_event(out: &mut String, event: &Event, stamp: &str) {
    let summary = text(&event.summary);
    push_line(out, "BEGIN:VEVENT");
    push_line(out, &format!("UID:{}", text(&event.uid)));
    push_line(out, &format!("DTSTAMP:{stamp}"));
    push_line(out, &format!("DTSTART;VALUE=DATE:{}", event.date.strftime("%Y%m%d")));
    push_line(out, &format!("SUMMARY:{summary}"));
    if !event.description.is_empty() {
        push_line(out, &format!("DESCRIPTION:{}", text(&event.description)));
    }
    if !event.url.is_empty() {
        push_line(out, &format!("URL:{}", event.url.replace(char::is_control, "")));
    }
    push_line(out, "TRANSP:TRANSPARENT");
    for line in ["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P3D"] {
        push_line(out, line);
    }
    push_line(out, &format!("DESCRIPTION:{summary}"));
    push_line(out, "END:VALARM");
    push_line(out, "END:VEVENT");
}

/// A value of type TEXT (section 3.3.11): what would end it is escaped, other control characters may not stand in a file.
fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' | '\r' => out.push_str("\\n"),
            '\t' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A content line: folded so that no part is longer than [`LIMIT`] and no character is split, ended by CRLF.
fn push_line(out: &mut String, line: &str) {
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > LIMIT {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn stamp() -> Timestamp {
        "2022-01-03T01:02:03Z".parse().expect("time")
    }

    fn event(summary: &str, description: &str) -> Event {
        Event {
            uid: "2021-TW4-program@disnaker.serangkota.go.id".to_owned(),
            summary: summary.to_owned(),
            description: description.to_owned(),
            url: "https://tolok.serangkota.go.id/pengukuran?periode=2021-TW4".to_owned(),
            date: date(2022, 1, 14),
        }
    }

    /// The lines as a reader has them, unfolded (section 3.1).
    fn unfold(file: &str) -> Vec<String> {
        let whole = file.strip_suffix("\r\n").expect("the last line is ended");
        whole.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
    }

    /// The value of a property of type TEXT.
    fn value(lines: &[String], property: &str) -> String {
        let line = lines.iter().find_map(|line| line.strip_prefix(property)?.strip_prefix(':')).expect(property);
        let mut chars = line.chars();
        let mut out = String::new();
        while let Some(c) = chars.next() {
            match c {
                '\\' => out.push(chars.next().map(|c| if c == 'n' { '\n' } else { c }).expect("something is escaped")),
                ';' | ',' => panic!("{c} ends the value: {line}"),
                c => out.push(c),
            }
        }
        out
    }

    #[test]
    fn an_event_is_written_as_the_standard_has_it() {
        let file =
            render(&[event("Batas pengisian: Program, TW IV 2021", "Sisa 6 hari kerja.\nIsi; lalu ajukan.")], stamp());
        let expected = [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Tolok//Tolok//ID",
            "CALSCALE:GREGORIAN",
            "BEGIN:VEVENT",
            "UID:2021-TW4-program@disnaker.serangkota.go.id",
            "DTSTAMP:20220103T010203Z",
            "DTSTART;VALUE=DATE:20220114",
            r"SUMMARY:Batas pengisian: Program\, TW IV 2021",
            r"DESCRIPTION:Sisa 6 hari kerja.\nIsi\; lalu ajukan.",
            "URL:https://tolok.serangkota.go.id/pengukuran?periode=2021-TW4",
            "TRANSP:TRANSPARENT",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            "TRIGGER:-P3D",
            r"DESCRIPTION:Batas pengisian: Program\, TW IV 2021",
            "END:VALARM",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ];
        assert_eq!(file, expected.join("\r\n"));
    }

    #[test]
    fn what_is_empty_is_left_out() {
        let bare = Event { url: String::new(), ..event("Batas", "") };
        let lines = unfold(&render(&[bare], stamp()));
        assert!(!lines.iter().any(|line| line.starts_with("URL")), "{lines:?}");
        // The reminder has the summary as its text.
        assert_eq!(lines.iter().filter(|line| line.starts_with("DESCRIPTION")).count(), 1);
    }

    #[test]
    fn an_address_cannot_bring_lines_of_its_own() {
        let hostile = Event { url: "https://tolok.id/\r\nATTENDEE:x".to_owned(), ..event("Batas", "") };
        assert!(unfold(&render(&[hostile], stamp())).contains(&"URL:https://tolok.id/ATTENDEE:x".to_owned()));
    }

    #[test]
    fn lines_are_folded_at_75_octets() {
        // "SUMMARY:" takes 8, so 67 fit into the first line and 74 into each that follows.
        let lengths = |summary: &str| -> Vec<usize> {
            let file = render(&[event(summary, "")], stamp());
            let lines = file.split("\r\n").skip_while(|line| !line.starts_with("SUMMARY"));
            lines.take_while(|line| !line.starts_with("URL")).map(str::len).collect()
        };
        assert_eq!(lengths(&"a".repeat(67)), [75]);
        assert_eq!(lengths(&"a".repeat(68)), [75, 2]);
        assert_eq!(lengths(&"a".repeat(67 + 74 + 1)), [75, 75, 2]);
        // Two octets each: the 34th would begin in the first line and end in the second.
        assert_eq!(lengths(&"é".repeat(34)), [74, 3]);
    }

    proptest! {
        #[test]
        fn every_text_reads_back(
            summary in r"([a-z ,;:\\\n]|[éß–老虎😀]){0,120}",
            description in r"(\r\n|[A-Z .,;\\\t]|[éß–老虎😀]){1,200}",
        ) {
            let file = render(&[event(&summary, &description)], stamp());
            for line in file.split("\r\n") {
                prop_assert!(line.len() <= LIMIT, "{line}");
                prop_assert!(!line.contains(['\r', '\n']), "{line:?}");
            }
            let lines = unfold(&file);
            prop_assert_eq!(value(&lines, "SUMMARY"), summary);
            prop_assert_eq!(value(&lines, "DESCRIPTION"), description.replace("\r\n", "\n"));
        }

        #[test]
        fn no_text_adds_a_line(summary in any::<String>(), uid in any::<String>(), url in any::<String>()) {
            let plain = unfold(&render(&[event("x", "")], stamp())).len();
            let hostile = Event { uid, url: format!("x{url}"), ..event(&summary, "") };
            prop_assert_eq!(unfold(&render(&[hostile], stamp())).len(), plain);
        }
    }
}
