package dev.twofold.cloudtasks.transport;

import dev.twofold.cloudtasks.engine.Page;
import dev.twofold.cloudtasks.engine.PageToken;
import dev.twofold.cloudtasks.engine.QueueSnapshot;
import dev.twofold.cloudtasks.engine.RequestRefused;
import java.time.Instant;
import java.util.List;

/** A filtered page of a location's queues, in the order of their names. */
record QueuePages(String filter, int pageSize, String pageToken) {

  private static final int PAGE_MAX = 9800;

  QueuePages {
    if (pageSize < 0 || pageSize > PAGE_MAX) {
      throw new RequestRefused(
          RequestRefused.Reason.INVALID_ARGUMENT,
          "ListQueuesRequest.pageSize must be between 0 and 9800.");
    }
    pageSize = pageSize == 0 ? PAGE_MAX : pageSize;
  }

  Page<QueueSnapshot> of(List<QueueSnapshot> all, Instant now) {
    QueueFilter matching = QueueFilter.parse(filter);
    String after = pageToken.isEmpty() ? "" : PageToken.parse(pageToken, now).after();
    List<QueueSnapshot> rest =
        all.stream()
            .filter(queue -> queue.name().id().compareTo(after) > 0)
            .filter(matching::accepts)
            .toList();
    if (rest.size() <= pageSize) {
      return new Page<>(rest, "");
    }
    List<QueueSnapshot> shown = rest.subList(0, pageSize);
    return new Page<>(shown, new PageToken(now, shown.getLast().name().id()).text());
  }
}
