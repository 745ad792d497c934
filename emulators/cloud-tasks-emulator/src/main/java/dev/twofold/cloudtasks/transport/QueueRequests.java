package dev.twofold.cloudtasks.transport;

import dev.twofold.cloudtasks.engine.LocationName;
import dev.twofold.cloudtasks.engine.QueueName;
import dev.twofold.cloudtasks.engine.RequestRefused;

/** What requests of every API version have to satisfy. */
final class QueueRequests {

  private static final int TASK_PAGE_MAX = 1000;

  private QueueRequests() {}

  /** The name of a queue to be created, which must lie below the parent it is created in. */
  static QueueName newName(String parent, String path) {
    LocationName location = LocationName.parse(parent);
    QueueName name = QueueName.parse(path);
    if (!name.location().equals(location)) {
      throw new RequestRefused(
          RequestRefused.Reason.INVALID_ARGUMENT, path + " must begin with " + parent + ".");
    }
    return name;
  }

  /** Pages hold a thousand tasks unless fewer are asked for. */
  static int taskPageSize(int asked) {
    if (asked < 0 || asked > TASK_PAGE_MAX) {
      throw new RequestRefused(
          RequestRefused.Reason.INVALID_ARGUMENT,
          "ListTasksRequest.pageSize must be between 0 and 1000.");
    }
    return asked == 0 ? TASK_PAGE_MAX : asked;
  }
}
