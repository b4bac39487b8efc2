import Geometry
import Store
import Survey
import Testing

@Test func `the fingerprint of no points is that of nothing`() {
  #expect(fingerprint(ofPoints: []) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
}
