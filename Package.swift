// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// Modules that touch C pointers: every unsafe expression must say so.
let bridge = strict + [.strictMemorySafety()]

let package = Package(
  name: "razmin",
  products: [
    .library(
      name: "Razmin",
      targets: ["Geometry", "Survey", "Topology", "Projection", "Formats", "SurveyFolder", "LandRelease"]),
    .executable(name: "razmin", targets: ["razmin"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
    .package(url: "https://github.com/LebJe/TOMLKit.git", from: "0.6.0"),
  ],
  targets: [
    .systemLibrary(name: "CGEOS", pkgConfig: "geos", providers: [.apt(["libgeos-dev"])]),
    .systemLibrary(name: "CPROJ", pkgConfig: "proj", providers: [.apt(["libproj-dev"])]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),

    .target(name: "Geometry", swiftSettings: strict),
    .target(name: "Survey", dependencies: ["Geometry"], swiftSettings: strict),
    .target(name: "Topology", dependencies: ["Geometry", "CGEOS"], swiftSettings: bridge),
    .target(name: "Projection", dependencies: ["Geometry", "CPROJ"], swiftSettings: bridge),
    .target(
      name: "Formats", dependencies: ["Geometry", "Survey", "CExpat", "CZlib", "CCrypto"],
      swiftSettings: bridge),
    .target(
      name: "SurveyFolder",
      dependencies: [
        "Geometry", "Survey", "Formats", "Projection", .product(name: "TOMLKit", package: "TOMLKit"),
      ],
      swiftSettings: strict),
    .target(
      name: "LandRelease", dependencies: ["Geometry", "Survey", "Topology", "Projection"],
      swiftSettings: strict),
    .target(name: "Simulation", dependencies: ["Geometry", "Survey", "Formats"], swiftSettings: strict),
    .executableTarget(
      name: "razmin",
      dependencies: [
        "Geometry", "Survey", "Topology", "Projection", "Formats", "SurveyFolder", "LandRelease",
        "Simulation", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .testTarget(name: "GeometryTests", dependencies: ["Geometry"], swiftSettings: strict),
    .testTarget(name: "ProjectionTests", dependencies: ["Geometry", "Projection"], swiftSettings: strict),
    .testTarget(name: "SurveyTests", dependencies: ["Geometry", "Survey"], swiftSettings: strict),
    .testTarget(
      name: "FormatsTests", dependencies: ["Geometry", "Survey", "Formats", "CZlib"], swiftSettings: strict),
    .testTarget(
      name: "GeoJSONTests", dependencies: ["Geometry", "Survey", "Formats"], swiftSettings: strict),
    .testTarget(
      name: "SurveyFolderTests", dependencies: ["Geometry", "Survey", "SurveyFolder"], swiftSettings: strict),
    .testTarget(
      name: "LandReleaseTests", dependencies: ["LandRelease", "Geometry", "Survey", "Topology", "Projection"],
      swiftSettings: strict),
    .testTarget(
      name: "SimulationTests", dependencies: ["Geometry", "Survey", "Formats", "Simulation"], swiftSettings: strict),
    // Runs the executable; links nothing of it.
    .testTarget(name: "RazminTests", dependencies: ["razmin"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
