package dev.twofold.localstack.stack;

import dev.twofold.localstack.process.ProcessEvent;

/** Told what happens to the stack, from any thread. */
public interface StackListener {
  /** Something a person may want to read, in words. */
  void note(String line);

  /** Something that happened to one of the processes. */
  void process(ProcessEvent event);

  /** Where nobody listens. */
  static StackListener silent() {
    return new StackListener() {
      @Override
      public void note(String line) {}

      @Override
      public void process(ProcessEvent event) {}
    };
  }
}
