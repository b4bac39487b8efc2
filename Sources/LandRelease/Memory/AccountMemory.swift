/// Remembers what groups of hazards came to, so that an account of many need not divide them all anew.
///
/// A key is everything that the account of a group rests on, to the last bit: what is recalled under it is what dividing the
/// group would give. Nothing is ever recalled for ground that changed.
public protocol AccountMemory: Sendable {
  /// The numbers that were kept under a key; `nil` where there are none.
  func recall(_ key: [UInt8]) throws -> [Double]?
  func keep(_ numbers: [Double], as key: [UInt8]) throws
}

extension PartitionPlan {
  /// A group's account, from memory where it is there.
  func account(of job: Job, _ memory: any AccountMemory) throws -> JobAccount {
    let key = try JobKey(job, self)
    if let numbers = try memory.recall(key.bytes), let account = JobAccount(numbers, of: key) { return account }
    let account = try run(job).account
    try memory.keep(account.numbers(of: key), as: key.bytes)
    return account
  }
}
