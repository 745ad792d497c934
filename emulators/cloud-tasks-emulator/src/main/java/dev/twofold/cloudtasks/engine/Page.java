package dev.twofold.cloudtasks.engine;

import java.util.List;

/** Part of a list, and the token that asks for the next part; blank when this was the last. */
public record Page<T>(List<T> items, String nextToken) {

  public Page {
    items = List.copyOf(items);
  }
}
