import CGEOS

/// What went wrong inside GEOS, and in which call.
public struct TopologyError: Error, Hashable, Sendable {
  public let call: String
  public let reason: String
}

/// One GEOS context: one synchronous piece of work, on one thread.
///
/// It cannot be copied, stored or returned, and no `await` fits inside `withEngine`, so two threads never share one.
@safe struct Engine: ~Copyable {
  let context: GEOSContextHandle_t
  private let log = MessageLog()

  private init(_ context: GEOSContextHandle_t) { unsafe self.context = context }

  static func open() throws(TopologyError) -> Engine {
    guard let context = unsafe GEOS_init_r() else { throw TopologyError(call: "GEOS_init_r", reason: "out of memory") }
    let engine = unsafe Engine(context)
    unsafe GEOSContext_setErrorMessageHandler_r(context, remember, Unmanaged.passUnretained(engine.log).toOpaque())
    return engine
  }

  deinit { unsafe GEOS_finish_r(context) }

  // The ways a GEOS call can end. Each one checks, and names the call when it fails.

  func geometry(_ call: StaticString, _ result: OpaquePointer?) throws(TopologyError) -> Handle {
    guard let pointer = unsafe result else { throw failure(call) }
    return unsafe Handle(adopting: pointer, in: context)
  }

  func verdict(_ call: StaticString, _ result: CChar) throws(TopologyError) -> Bool {
    guard result != 2 else { throw failure(call) }
    return result == 1
  }

  func failure(_ call: StaticString) -> TopologyError {
    TopologyError(call: "\(call)", reason: log.last ?? "no message")
  }
}

/// Runs `body` with a fresh engine; what comes out must be a plain Swift value.
func withEngine<Value>(_ body: (borrowing Engine) throws(TopologyError) -> Value) throws(TopologyError) -> Value {
  let engine = try Engine.open()
  return try body(engine)
}

/// The sole owner of one GEOS geometry.
@safe struct Handle: ~Copyable {
  let pointer: OpaquePointer
  private let context: GEOSContextHandle_t

  fileprivate init(adopting pointer: OpaquePointer, in context: GEOSContextHandle_t) {
    unsafe self.pointer = pointer
    unsafe self.context = context
  }

  deinit { unsafe GEOSGeom_destroy_r(context, pointer) }

  /// Gives the geometry away. GEOS constructors own what they are given, *even when they fail*.
  consuming func release() -> OpaquePointer {
    let pointer = unsafe pointer
    discard self
    return unsafe pointer
  }
}

private final class MessageLog { var last: String? }

private let remember: GEOSMessageHandler_r = { message, user in
  guard let message = unsafe message, let user = unsafe user else { return }
  unsafe Unmanaged<MessageLog>.fromOpaque(user).takeUnretainedValue().last = String(cString: message)
}
