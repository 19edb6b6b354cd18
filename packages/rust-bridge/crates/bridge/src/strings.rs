//! Strings in and out, and the one destructor of every string that this library hands out.
use contract::{Fault, OwnedString, STRING, Status, Surrendered, ffi_export};
use std::io::Write;
use unicode_segmentation::UnicodeSegmentation;

/// Prints a string and a line break on standard output.
#[ffi_export]
fn print_string(text: &str) -> Result<(), Fault> {
    print_line(text)
}

/// How many characters a reader sees: extended grapheme clusters, as Unicode's Annex 29 counts them.
#[ffi_export]
fn string_length(text: &str) -> usize {
    text.graphemes(true).count()
}

/// The string backwards. What a reader sees as one character stays whole: letters keep their accents.
#[ffi_export]
fn string_reverse(text: &str) -> Result<OwnedString, Fault> {
    let mut reversed = room_for(text.len())?;
    reversed.extend(text.graphemes(true).rev());
    Ok(OwnedString::new(reversed))
}

/// Both strings, one after the other.
#[ffi_export]
fn string_concat(first: &str, second: &str) -> Result<OwnedString, Fault> {
    let mut both = room_for(first.len() + second.len())?;
    both.push_str(first);
    both.push_str(second);
    Ok(OwnedString::new(both))
}

/// Releases a string that this library returned, once. Null, unknown, interior and already released pointers are
/// refused, each with its own code, and nothing is touched then.
#[ffi_export]
fn free_mem(text: Surrendered) -> Result<(), Fault> {
    ledger::global().release(text.0, STRING, "free_mem")?;
    Ok(())
}

/// An empty string with room for a text and its NUL, so that handing it out allocates nothing more.
fn room_for(bytes: usize) -> Result<String, Fault> {
    let mut text = String::new();
    text.try_reserve_exact(bytes + 1)
        .map_err(|_| Fault::new(Status::OutOfMemory, format!("there is no memory for a text of {bytes} bytes")))?;
    Ok(text)
}

/// One line, flushed: the caller's own output, through other buffers, must not overtake it.
pub(crate) fn print_line(text: &str) -> Result<(), Fault> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}")
        .and_then(|()| out.flush())
        .map_err(|error| Fault::new(Status::OutputFailed, format!("standard output cannot be written: {error}")))
}

#[cfg(test)]
mod tests {
    use super::string_length;
    use unicode_segmentation::UnicodeSegmentation;

    #[test]
    fn counts_what_a_reader_sees() {
        for (text, count) in [("", 0), ("abc", 3), ("ne\u{301}e", 3), ("👨‍👩‍👧🇩🇪", 2), ("\r\n", 1), ("각", 1)]
        {
            assert_eq!(string_length(text), count, "{text:?}");
        }
    }

    #[test]
    fn reversing_twice_gives_the_text_where_clusters_do_not_grow_together() {
        let once: String = "ne\u{301}e 👨‍👩‍👧!".graphemes(true).rev().collect();
        assert_eq!(once, "!👨‍👩‍👧 ee\u{301}n");
        let twice: String = once.graphemes(true).rev().collect();
        assert_eq!(twice, "ne\u{301}e 👨‍👩‍👧!");
    }
}
