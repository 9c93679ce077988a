import Dispatch
import Testing

@testable import Broadsheet

@Suite("Work that goes on beside other work") struct BesideTests {
  @Test("is done once, whoever asks, on one thread or several", arguments: [1, 2])
  func once(jobs: Int) {
    for _ in 0..<200 {
      let count = Counter()
      let work = Beside(jobs: jobs) { count.add(1) }
      if jobs > 1 {
        DispatchQueue.concurrentPerform(iterations: 4) { _ in #expect(work.result == 1) }
      }
      #expect(work.result == 1)
      #expect(count.add(0) == 1)
    }
  }

  @Test("is done by whoever asks where all threads are taken", .timeLimit(.minutes(1)))
  func taken() {
    let gate = DispatchSemaphore(value: 0)
    let busy = (0..<200).map { _ in
      Beside(jobs: 2) {
        gate.wait()
        return true
      }
    }
    let work = Beside(jobs: 2) { "Talks" }
    work.makeWay()
    #expect(work.result == "Talks")
    for _ in busy { gate.signal() }
    for work in busy { #expect(work.result) }
  }

  @Test("may be left unasked for", arguments: [1, 2])
  func unasked(jobs: Int) {
    let count = Counter()
    for _ in 0..<100 { _ = Beside(jobs: jobs) { count.add(1) } }
    #expect(count.add(0) <= 100)
  }
}

@Suite("Elements that are made beside other work") struct SharedWorkTests {
  @Test(
    "are each made once, in their places, whoever asks",
    arguments: [0, 1, 255, 256, 257, 5000], [1, 2])
  func once(count: Int, jobs: Int) {
    for _ in 0..<20 {
      let made = Counter()
      let work = SharedWork(count: count, none: -1, jobs: jobs, batch: 16) { range in
        _ = made.add(range.count)
        return range.map { $0 * 3 }
      }
      let all = (0..<count).map { $0 * 3 }
      DispatchQueue.concurrentPerform(iterations: jobs) { _ in #expect(work.result == all) }
      #expect(work.result == all)
      #expect(made.add(0) == count)
    }
  }

  @Test("are made by whoever asks where all threads are taken", .timeLimit(.minutes(1)))
  func taken() {
    let gate = DispatchSemaphore(value: 0)
    let busy = (0..<200).map { _ in Beside(jobs: 2) { gate.wait() } }
    let work = SharedWork(count: 1000, none: 0, jobs: 2, batch: 16) { $0.map { $0 + 1 } }
    #expect(work.result == Array(1...1000))
    for _ in busy { gate.signal() }
    for work in busy { work.result }
  }

  @Test("may be left unasked for", arguments: [1, 2])
  func unasked(jobs: Int) {
    let made = Counter()
    for _ in 0..<100 {
      _ = SharedWork(count: 64, none: 0, jobs: jobs, batch: 16) { range in
        _ = made.add(range.count)
        return Array(range)
      }
    }
    #expect(made.add(0) <= 6400)
  }
}
