package dev.twofold.cloudtasks.transport;

import dev.twofold.cloudtasks.engine.Answer;
import dev.twofold.cloudtasks.engine.Dispatch;

/** Makes the call of a dispatch and waits for its end. */
@FunctionalInterface
public interface Target {

  Answer call(Dispatch dispatch) throws InterruptedException;
}
