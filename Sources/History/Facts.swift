import Formats
import Geometry
public import Survey

extension FieldSurvey {
  /// All that it says, in order. Files count by their hash, geometries by the digest of their coordinates.
  public var facts: [Fact] {
    var facts = [fact] + hazards.map(\.fact)
    facts += hazards.flatMap { hazard in hazard.classChanges.map { $0.fact(of: hazard) } }
    let hashes = Dictionary(inputs.map { ($0.path, $0.sha256) }) { first, _ in first }
    for activity in activities {
      facts.append(activity.fact(of: self))
      facts += activity.logs.map { path in
        Fact(
          .log, "\(activity.id) \(path)", on: activity.end, by: activity.organisation ?? organisation,
          record: ["sha256": text(hashes[path])])
      }
    }
    facts += finds.flatMap(\.facts) + spotTasks.flatMap(\.facts) + strikes.map(\.fact)
    return facts.sorted(by: Fact.isInOrder)
  }

  private var fact: Fact {
    Fact(
      .survey, id, on: nil, by: organisation,
      record: [
        "name": .string(name), "grid": text(grid), "preset": text(preset), "time_zone": .string(timeZone),
        "operations": .array(operations.map { .string($0) }), "required_depth_cm": number(requiredDepth),
        "fadeout_m": number(fadeout), "sigma_factor": .number(sigmaFactor), "frame": .string(frame.name),
        "box_m": number(boxes?.box), "searched_percent": number(boxes?.searchedPercent),
      ])
  }
}

extension Hazard {
  fileprivate var fact: Fact {
    Fact(
      .hazard, id, on: recorded,
      record: [
        "class": .string(recordedClass.rawValue), "geometry": .string(digest(of: polygons)),
        "required_depth_cm": number(requiredDepth), "reported_m2": number(reportedArea),
        "municipality": text(municipality), "village": text(village), "ordnance": text(ordnance),
        "evidence": text(evidence),
      ])
  }
}

extension ClassChange {
  fileprivate func fact(of hazard: Hazard) -> Fact {
    Fact(
      .classChange, "\(hazard.id) \(date)", on: date, by: organisation, as: role,
      record: ["class": .string(hazardClass.rawValue), "note": text(note)])
  }
}

extension Activity {
  fileprivate func fact(of survey: FieldSurvey) -> Fact {
    Fact(
      .activity, id, on: end, by: organisation ?? survey.organisation,
      record: [
        "kind": .string(kind.rawValue), "claims": .string(claims.rawValue), "start": .string("\(start)"),
        "geometry": .string(geometry.rawValue), "drawn": .string(digest(of: polygons)), "team": text(team),
        "method": text(method), "note": text(note), "depth_cm": number(depth),
        "searched": searched.map { .bool($0) } ?? .null, "swath_m": number(swathWidth), "sigma_m": number(sigma),
        "max_gap_s": .number(rules.maxGapSeconds), "max_gap_m": .number(rules.maxGapMetres),
        "max_speed_m_s": .number(rules.maxSpeed), "max_closing_m": .number(maxClosing),
        "min_quality": rules.minQuality.map { .int(Int($0.rawValue)) } ?? .null,
        "reported_m2": number(reportedArea),
      ])
  }
}

extension Find {
  /// What becomes of an item later is told by itself, on its day.
  fileprivate var facts: [Fact] {
    let made = Fact(
      .find, id, on: found,
      record: [
        "longitude": .number(position.longitude), "latitude": .number(position.latitude), "sigma_m": number(sigma),
        "type": text(type), "depth_cm": number(depth), "condition": text(condition), "activity": text(activity),
      ])
    guard disposed != nil || disposal != nil else { return [made] }
    return [made, Fact(.disposal, id, on: disposed, record: ["disposal": text(disposal)])]
  }
}

extension SpotTask {
  fileprivate var facts: [Fact] {
    let made = Fact(
      .spotTask, id, on: recorded,
      record: [
        "longitude": .number(position.longitude), "latitude": .number(position.latitude), "sigma_m": number(sigma),
        "type": text(type), "estimated_depth_m": number(estimatedDepth), "mass_kg": number(mass),
        "entry_hole": text(entryHole), "activity": text(activity), "municipality": text(municipality),
        "village": text(village),
      ])
    let begun = started.map { Fact(.spotTaskStarted, id, on: $0, record: [:]) }
    let ended =
      status.isClosed || closed != nil
      ? Fact(.spotTaskClosed, id, on: closed, record: ["status": .string(status.rawValue)]) : nil
    return [made] + [begun, ended].compactMap { $0 }
  }
}

extension Strike {
  fileprivate var fact: Fact {
    Fact(
      .strike, id, on: recorded,
      record: [
        "longitude": .number(position.longitude), "latitude": .number(position.latitude), "sigma_m": number(sigma),
        "heading_deg": number(heading), "weapon": text(weapon), "source": text(source),
      ])
  }
}

private func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
private func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
