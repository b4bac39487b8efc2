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
      targets: [
        "Geometry", "Survey", "Topology", "Overlay", "Projection", "Notation", "Geomagnetism", "GeoPackage", "Formats",
        "Presets", "Ordnance", "Positions", "Traverse", "SurveyFolder", "LandRelease", "History", "Store",
      ]),
    .executable(name: "razmin", targets: ["razmin"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
    .package(url: "https://github.com/LebJe/TOMLKit.git", from: "0.6.0"),
    .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
  ],
  targets: [
    .systemLibrary(name: "CGEOS", pkgConfig: "geos", providers: [.apt(["libgeos-dev"])]),
    .systemLibrary(name: "CPROJ", pkgConfig: "proj", providers: [.apt(["libproj-dev"])]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),

    .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),

    .target(name: "Geometry", swiftSettings: strict),
    .target(name: "Notation", dependencies: ["Geometry"], swiftSettings: strict),
    .target(
      name: "Geomagnetism", dependencies: ["Geometry"], resources: [.embedInCode("WMM2000-2030.txt")],
      swiftSettings: strict),
    .target(name: "Survey", dependencies: ["Geometry"], swiftSettings: strict),
    .target(name: "Digests", dependencies: ["CCrypto"], swiftSettings: bridge),
    .target(name: "Topology", dependencies: ["Geometry", "CGEOS"], swiftSettings: bridge),
    .target(name: "Overlay", dependencies: ["Geometry"], swiftSettings: strict),
    .target(name: "Projection", dependencies: ["Geometry", "CPROJ"], swiftSettings: bridge),
    .target(
      name: "GeoPackage",
      dependencies: [
        .product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: bridge),
    .target(
      name: "Formats",
      dependencies: ["Geometry", "Survey", "Digests", "GeoPackage", "CArchive", "CExpat", "CZlib", "CXlsxWriter"],
      swiftSettings: bridge),
    .target(
      name: "Presets", dependencies: ["Geometry", "Formats"], resources: [.embedInCode("presets.geojson")],
      swiftSettings: strict),
    .target(
      name: "Ordnance", dependencies: ["Survey", "Formats"], resources: [.embedInCode("ordnance.csv")],
      swiftSettings: strict),
    .target(
      name: "Positions", dependencies: ["Geometry", "Survey", "Notation", "Projection", "Presets"],
      swiftSettings: strict),
    .target(
      name: "Traverse",
      dependencies: ["Geometry", "Survey", "Projection", "Geomagnetism", "Notation", "Positions"],
      swiftSettings: strict),
    .target(
      name: "SurveyFolder",
      dependencies: [
        "Geometry", "Survey", "Formats", "Projection", "Notation", "Presets", "Positions", "Traverse", "Geomagnetism",
        "Ordnance", .product(name: "TOMLKit", package: "TOMLKit"),
      ],
      swiftSettings: strict),
    .target(
      name: "LandRelease", dependencies: ["Geometry", "Survey", "Topology", "Overlay", "Projection"],
      swiftSettings: strict),
    .target(name: "History", dependencies: ["Geometry", "Survey", "Digests", "Formats"], swiftSettings: strict),
    .target(
      name: "Store",
      dependencies: [
        "Geometry", "Survey", "Digests", "GeoPackage", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: bridge),
    .target(name: "Simulation", dependencies: ["Geometry", "Survey", "Formats"], swiftSettings: strict),
    .executableTarget(
      name: "razmin",
      dependencies: [
        "Geometry", "Survey", "Topology", "Projection", "Notation", "Geomagnetism", "GeoPackage", "Digests", "Formats",
        "Presets", "Ordnance", "Positions", "Traverse", "SurveyFolder", "LandRelease", "History", "Store",
        "Simulation", "CMalloc",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .testTarget(name: "GeometryTests", dependencies: ["Geometry"], swiftSettings: strict),
    .testTarget(
      name: "OverlayTests", dependencies: ["Geometry", "Overlay", "Topology"], swiftSettings: strict),
    .testTarget(name: "ProjectionTests", dependencies: ["Geometry", "Projection"], swiftSettings: strict),
    .testTarget(
      name: "NotationTests", dependencies: ["Geometry", "Notation"], swiftSettings: strict),
    .testTarget(
      name: "GeomagnetismTests", dependencies: ["Geometry", "Geomagnetism"], swiftSettings: strict),
    .testTarget(
      name: "PresetsTests", dependencies: ["Geometry", "Presets", "Projection"], swiftSettings: strict),
    .testTarget(name: "OrdnanceTests", dependencies: ["Formats", "Ordnance", "Survey"], swiftSettings: strict),
    .testTarget(
      name: "PositionsTests",
      dependencies: ["Geometry", "Survey", "Notation", "Projection", "Presets", "Positions"], swiftSettings: strict),
    .testTarget(
      name: "TraverseTests",
      dependencies: ["Geometry", "Survey", "Formats", "Projection", "Positions", "Geomagnetism", "Traverse"],
      swiftSettings: strict),
    .testTarget(
      name: "SheetTests", dependencies: ["Geometry", "Survey", "Formats"], swiftSettings: strict),
    .testTarget(name: "SurveyTests", dependencies: ["Geometry", "Survey"], swiftSettings: strict),
    .testTarget(
      name: "FormatsTests", dependencies: ["Geometry", "Survey", "Formats", "CZlib"], swiftSettings: strict),
    .testTarget(
      name: "GeoPackageTests", dependencies: ["GeoPackage", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: strict),
    .testTarget(
      name: "GeoJSONTests", dependencies: ["Geometry", "Survey", "Formats"], swiftSettings: strict),
    .testTarget(
      name: "SurveyFolderTests", dependencies: ["Geometry", "Survey", "SurveyFolder"], swiftSettings: strict),
    .testTarget(
      name: "LandReleaseTests",
      dependencies: ["LandRelease", "Geometry", "Survey", "Topology", "Overlay", "Projection"],
      swiftSettings: strict),
    .testTarget(
      name: "HistoryTests", dependencies: ["Geometry", "Survey", "Digests", "History"], swiftSettings: strict),
    .testTarget(
      name: "StoreTests", dependencies: ["Geometry", "Survey", "Store"], swiftSettings: strict),
    .testTarget(
      name: "SimulationTests", dependencies: ["Geometry", "Survey", "Formats", "Simulation"], swiftSettings: strict),
    // Runs the executable; links nothing of it.
    .testTarget(name: "RazminTests", dependencies: ["razmin"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
