package dev.twofold.cloudtasks.engine;

import dev.twofold.cloudtasks.engine.RequestRefused.Reason;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A project's location, the parent of queues. Refuses what is not a location's resource name. */
public record LocationName(String project, String location) {

  private static final Pattern PATH =
      Pattern.compile("projects/([A-Za-z0-9:.-]+)/locations/([A-Za-z0-9-]+)");

  public static LocationName parse(String path) {
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches()) {
      throw new RequestRefused(
          Reason.PERMISSION_DENIED, "Permission denied on resource project " + path + ".");
    }
    return new LocationName(matcher.group(1), matcher.group(2));
  }

  public String path() {
    return "projects/" + project + "/locations/" + location;
  }
}
