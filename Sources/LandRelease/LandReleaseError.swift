public import Projection
public import Topology

/// Why a computation could not be finished: never a fault of one piece of input, which becomes a finding.
public enum LandReleaseError: Error, Hashable, Sendable {
  case topology(TopologyError)
  case projection(ProjectionError)
  /// The temporary file of walked steps could not be written or read; the reason is the system's.
  case storage(String)
  /// Walked steps that are kept in a store could not be read back; the reason is the store's.
  case damaged(String)
  /// Faces could not be joined: a fault of this program, never passed over.
  case arrangement(String)
}

/// Runs `body` and gives its errors their common type.
func released<Value>(_ body: () throws -> Value) throws(LandReleaseError) -> Value {
  do { return try body() } catch let error as LandReleaseError { throw error } catch let error as TopologyError {
    throw .topology(error)
  } catch let error as ProjectionError { throw .projection(error) } catch { throw .storage("\(error)") }
}
