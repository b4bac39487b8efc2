/// How often something happened, and the line of the first time.
struct LineTally {
  private(set) var count = 0
  private(set) var line = 0

  mutating func add(line: Int, _ more: Int = 1) {
    if count == 0 { self.line = line }
    count += more
  }
}
