import CLinux
import Dispatch
import Synchronization

/// Hands out the indexes of a piece of work in batches, to workers that take the next when they are
/// done with one.
public struct Batches: ~Copyable, Sendable {
  private let next = Atomic<Int>(0)
  private let count: Int
  private let size: Int
  private let width: Int

  /// A batch is at the most so many times as large as the least one.
  private static let growth = 32

  fileprivate init(count: Int, size: Int, width: Int) {
    self.count = count
    self.size = size
    self.width = width
  }

  /// Whether somebody has taken some.
  borrowing func haveBegun() -> Bool { next.load(ordering: .relaxed) > 0 }

  /// The next indexes to work on, or nil when all are given out.
  ///
  /// Batches are large at first, so that workers keep apart: files of one folder are made one at a
  /// time, whoever makes them. They grow smaller towards the end, so that all end at the same time.
  public borrowing func take() -> Range<Int>? {
    var start = next.load(ordering: .relaxed)
    while start < count {
      let share = (count - start) / (width * 16)
      let end = min(start + max(size, min(share, size * Self.growth)), count)
      let (isTaken, now) = next.weakCompareExchange(
        expected: start, desired: end, ordering: .relaxed)
      if isTaken { return start..<end }
      start = now
    }
    return nil
  }
}

/// Runs one closure on each of several threads, which share out a count of indexes between them.
///
/// - Parameters:
///   - count: How many indexes there are; what is done with each must not depend on who does it.
///   - width: How many threads, at least 1; no more are used than there are batches.
///   - batch: How many indexes a thread takes at a time, at the least.
///   - work: Takes batches until there are none, and returns what it made.
/// - Returns: What each worker returned, in the order of the workers.
public func inParallel<Made: Sendable>(
  _ count: Int, width: Int, batch: Int = 16,
  _ work: @Sendable (_ worker: Int, _ batches: borrowing Batches) -> Made
) -> [Made] {
  let width = max(1, min(width, (count + batch - 1) / batch))
  let batches = Batches(count: count, size: batch, width: width)
  guard width > 1 else { return [work(0, batches)] }
  let made = Mutex<[Made?]>(Array(repeating: nil, count: width))
  DispatchQueue.concurrentPerform(iterations: width) { worker in
    let result = work(worker, batches)
    made.withLock { $0[worker] = result }
  }
  return made.withLock { $0.compactMap { $0 } }
}

/// The elements of an array while several workers write to them, each to its own.
@safe public struct Slots<Element: BitwiseCopyable>: @unchecked Sendable {
  private let elements: UnsafeMutableBufferPointer<Element>

  fileprivate init(_ elements: UnsafeMutableBufferPointer<Element>) {
    unsafe self.elements = elements
  }

  /// The element at an index, which only one worker may touch.
  public subscript(index: Int) -> Element {
    get {
      precondition(unsafe elements.indices.contains(index))
      return unsafe elements[index]
    }
    nonmutating set {
      precondition(unsafe elements.indices.contains(index))
      unsafe elements[index] = newValue
    }
  }
}

extension Array where Element: BitwiseCopyable {
  /// Lends the elements to several workers.
  public mutating func withSlots<Result>(_ body: (Slots<Element>) -> Result) -> Result {
    unsafe withUnsafeMutableBufferPointer { unsafe body(Slots($0)) }
  }
}

/// A number that several threads add to.
final class Counter: Sendable {
  private let value = Atomic<Int>(0)

  /// Adds to the number and tells what it is then.
  func add(_ count: Int) -> Int { value.wrappingAdd(count, ordering: .relaxed).newValue }
}

/// Elements of a list that are made beside what their maker does next, and by whoever asks for them too.
final class SharedWork<Element: Sendable>: Sendable {
  private let batches: Batches
  private let made: Mutex<(elements: [Element], missing: Int)>
  private let group = DispatchGroup()
  private let work: @Sendable (Range<Int>) -> [Element]
  private let hasThread: Bool

  /// Begins the work, on a thread of its own where there may be several.
  ///
  /// - Parameters:
  ///   - count: How many elements there are.
  ///   - none: What stands for an element that has not been made yet.
  ///   - jobs: How many threads there may be.
  ///   - batch: How many elements are made at a time, at the least.
  ///   - work: Makes the elements of a range; which range it is must not matter to them.
  init(
    count: Int, none: Element, jobs: Int, batch: Int,
    _ work: @escaping @Sendable (Range<Int>) -> [Element]
  ) {
    batches = Batches(count: count, size: batch, width: 2)
    made = Mutex((Array(repeating: none, count: count), count))
    self.work = work
    hasThread = jobs > 1
    guard count > 0 else { return }
    group.enter()
    if hasThread { DispatchQueue.global().async { [self] in help() } }
  }

  // A group must not go while somebody may still wait for it.
  deinit { if made.withLock({ $0.missing > 0 }) { group.leave() } }

  private func help() {
    while let range = batches.take() {
      let elements = work(range)
      precondition(elements.count == range.count)
      let isLast = made.withLock { made in
        made.elements.replaceSubrange(range, with: elements)
        made.missing -= range.count
        return made.missing == 0
      }
      if isLast { group.leave() }
    }
  }

  /// Goes on on another processor, where there is one, if no thread has begun the work.
  ///
  /// In a virtual machine, Linux takes a processor that sleeps for one that somebody else uses, and leaves a
  /// new thread behind the one that made it, for milliseconds. To change takes some 50 microseconds.
  func makeWay() {
    if hasThread, !batches.haveBegun() { change_processor() }
  }

  /// The elements.
  ///
  /// Whoever asks makes some of those that nobody has begun, until there are none.
  var result: [Element] {
    help()
    group.wait()
    return made.withLock { $0.elements }
  }
}

/// A piece of work that goes on beside what its maker does next.
final class Beside<Made: Sendable>: Sendable {
  private let work: SharedWork<Made?>

  /// Begins the work, on a thread of its own where there may be several.
  init(jobs: Int, _ work: @escaping @Sendable () -> Made) {
    self.work = SharedWork(count: 1, none: nil, jobs: jobs, batch: 1) { _ in [work()] }
  }

  /// Goes on on another processor, where there is one, if the thread that is to do the work has not begun.
  func makeWay() { work.makeWay() }

  /// What was made.
  ///
  /// Whoever asks before a thread has come to it makes it himself; others wait.
  var result: Made {
    guard let result = work.result[0] else { fatalError("nothing was made") }
    return result
  }
}
