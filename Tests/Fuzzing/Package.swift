// swift-tools-version: 6.2
import PackageDescription

// A package of its own: the whole of Razmin is built again here, with the eyes of the fuzzer in it (`make fuzz`).
let package = Package(
  name: "RazminFuzz",
  dependencies: [.package(name: "razmin", path: "../..")],
  targets: [
    .systemLibrary(name: "CFuzzer"),
    .executableTarget(
      name: "RazminFuzz", dependencies: ["CFuzzer", .product(name: "Razmin", package: "razmin")],
      swiftSettings: [.enableUpcomingFeature("ExistentialAny")],
      linkerSettings: [.unsafeFlags(["-use-ld=lld"])]),
  ],
  swiftLanguageModes: [.v6]
)
