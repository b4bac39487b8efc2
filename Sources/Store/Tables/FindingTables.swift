import GeoPackage
import Geometry
import Survey

extension Table {
  /// What a planner should know, in the order in which it was found out.
  static var findings: Table {
    Table(
      "findings", "What a planner should know of the survey",
      blank: { _ in Finding("", .info, at: Place(""), "", advice: "") },
      fields: [
        Field("code", \.code),
        Field("level", \.level),
        Field("file", \.place.file),
        Field("line", \.place.line),
        Field("message", \.message),
        Field("advice", \.advice),
      ],
      of: \.findings, take: { $1.content.findings.append($0) })
  }

  /// Every file that was read.
  static var inputs: Table {
    Table(
      "inputs", "Every file that was read, with its SHA-256",
      blank: { _ in FieldSurvey.Input(path: "", sha256: "") },
      fields: [Field("path", \.path), Field("sha256", \.sha256)],
      of: \.survey.inputs, take: { $1.content.survey.inputs.append($0) })
  }

  /// What of the record could not be used: an account that leaves them out is not whole.
  static var unread: Table {
    Table(
      "unread", "Records of the survey that could not be used",
      blank: { _ in Unread(kind: .hazard, place: Place("")) },
      fields: [Field("kind", \.kind), Field("file", \.place.file), Field("line", \.place.line)],
      of: { content in
        content.unreadHazards.map { Unread(kind: .hazard, place: $0) }
          + content.unreadFinds.map { Unread(kind: .find, place: $0) }
          + content.unreadSpotTasks.map { Unread(kind: .spotTask, place: $0) }
          + content.unreadStrikes.map { Unread(kind: .strike, place: $0) }
          + content.unreadActivities.map { Unread(kind: .activity, place: $0) }
          + content.unreadClassChanges.map { Unread(kind: .classChange, place: $0) }
      },
      take: { unread, gathered in
        switch unread.kind {
        case .hazard: gathered.content.unreadHazards.append(unread.place)
        case .find: gathered.content.unreadFinds.append(unread.place)
        case .spotTask: gathered.content.unreadSpotTasks.append(unread.place)
        case .strike: gathered.content.unreadStrikes.append(unread.place)
        case .activity: gathered.content.unreadActivities.append(unread.place)
        case .classChange: gathered.content.unreadClassChanges.append(unread.place)
        }
      })
  }

  /// Ground of hazards that are not used, for whoever asks whether a place lies near any.
  static var otherPlaces: Table {
    Table(
      "other_places", "Boxes round hazards that could not be used",
      blank: { _ in Box<Geographic>() },
      fields: [
        Field("west", \.minX, in: -720...720), Field("south", \.minY, in: -90...90),
        Field("east", \.maxX, in: -720...720), Field("north", \.maxY, in: -90...90),
      ],
      of: \.otherPlaces, take: { $1.content.otherPlaces.append($0) })
  }
}

private struct Unread {
  enum Kind: String, Storable {
    case hazard, find, strike, activity
    case spotTask = "spot-task"
    case classChange = "class-change"
  }
  var kind: Kind
  var place: Place
}
