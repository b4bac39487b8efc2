/// A text from a file or a file's name, as one line for people: what would move the cursor, change colours, begin a line
/// or turn the direction of writing is shown by its number, such as `\\u{1b}`, and does nothing.
func shown(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: isActive) else { return text }
  var shown = ""
  for scalar in text.unicodeScalars {
    if isActive(scalar) {
      shown += "\\u{\(String(scalar.value, radix: 16))}"
    } else {
      shown.unicodeScalars.append(scalar)
    }
  }
  return shown
}

/// Controls (Unicode's category Cc), line and paragraph separators, and the marks of the bidirectional algorithm (UAX #9)
/// that reorder what stands around them.
private func isActive(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<0x20, 0x7f..<0xa0, 0x2028...0x202e, 0x2066...0x2069: true
  default: false
  }
}
