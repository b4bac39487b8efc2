import Projection
import Testing

/// CRSs as files name them: WKT as GDAL writes it into a `.prj`, and as Esri's programs have written it.
@Suite struct IdentifiedTests {
  @Test(arguments: [
    "EPSG:4326", "EPSG:3906", "EPSG:6316", "EPSG:8677", "EPSG:8678", "EPSG:32633", "EPSG:32634", "EPSG:3765",
    "EPSG:6870", "EPSG:2462", "EPSG:4258", "EPSG:25834", "EPSG:3794",
  ])
  func whatGDALWritesIsRecognised(code: String) throws {
    for form in ["wkt_esri", "wkt1", "wkt2_2019"] {
      let wkt = try run("gdalsrsinfo", ["--single-line", "-o", form, code]).text
      #expect(wkt.contains("["))
      #expect(try ReferenceSystem(identifying: wkt).code == code, "\(form)")
    }
  }

  /// PROJ gives no more than a nearest one for these: nothing is guessed.
  @Test(arguments: [
    try? run("gdalsrsinfo", ["--single-line", "-o", "wkt_esri", "EPSG:9140"]).text,
    #"GEOGCS["UNK",DATUM["Unknown datum",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]"#,
  ])
  func whatIsNotSureIsRefused(wkt: String?) throws {
    let wkt = try #require(wkt)
    #expect(throws: ProjectionError.self) { try ReferenceSystem(identifying: wkt) }
    do { _ = try ReferenceSystem(identifying: wkt) } catch let error as ProjectionError {
      #expect(error.code == "crs.unidentified", "\(error)")
    }
  }

  /// A code in WKT is believed only where the parameters agree with it.
  @Test func aFalseCodeInWKTIsNotBelieved() throws {
    let wkt = try run("gdalsrsinfo", ["--single-line", "-o", "wkt1", "EPSG:6316"]).text
    let other = wkt.replacing("PARAMETER[\"central_meridian\",21]", with: "PARAMETER[\"central_meridian\",18]")
    #expect(other != wkt)
    #expect(throws: ProjectionError.self) { try ReferenceSystem(identifying: other) }
  }

  /// EPSG:3909 is EPSG:6316 with the axes in the other order, which Razmin does not look at.
  @Test func oneCRSUnderTwoCodesIsTheSame() throws {
    let zone7 = try ReferenceSystem("EPSG:6316")
    #expect(zone7.isSame(as: zone7))
    #expect(zone7.isSame(as: try ReferenceSystem("EPSG:3909")))
    #expect(!zone7.isSame(as: try ReferenceSystem("EPSG:8678")))
    #expect(!zone7.isSame(as: try ReferenceSystem("EPSG:31277")))
    #expect(!zone7.isSame(as: try ReferenceSystem("EPSG:32634")))
  }
}
