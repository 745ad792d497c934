package dev.twofold.sync.link;

import dev.twofold.sync.merge.Knowledge;
import dev.twofold.sync.merge.Register;
import dev.twofold.sync.record.RecordId;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One side of a link.
 *
 * @param record the record there; null while there is none
 * @param recordCreatedAt when that side says it was created
 * @param complete whether what nobody told us of it is blank: its creation was noticed, or it was
 *     read or made by us
 * @param mustRead whether something happened to it that only a read can explain
 * @param mark the id of the other side's record that our mark on it names; empty for none, null
 *     while not known
 * @param properties what is known of each mapped property, by its name on that side
 * @param task the work that waits; null for none
 * @param lastNumber the highest task number ever given on this side
 * @param open the stored request whose outcome is not known yet
 * @param parked the refused write that waits for a change or a person
 * @param stopped why this side takes no record by itself any more, such as its deletion
 */
public record SideState(
    @Nullable RecordId record,
    @Nullable Instant recordCreatedAt,
    boolean complete,
    boolean mustRead,
    @Nullable String mark,
    Map<String, Register> properties,
    @Nullable TaskMark task,
    long lastNumber,
    @Nullable OpenRequest open,
    @Nullable Parked parked,
    @Nullable String stopped) {

  /** No record, nothing known, no work. */
  public static final SideState EMPTY =
      new SideState(null, null, false, false, null, Map.of(), null, 0, null, null, null);

  public SideState {
    properties = Collections.unmodifiableMap(new TreeMap<>(properties));
  }

  /** What is known of a property. */
  public Register register(String property) {
    return properties.getOrDefault(property, Register.UNKNOWN);
  }

  /** What unknown registers of this side stand for. */
  public Knowledge knowledge() {
    if (record == null) {
      return Knowledge.ABSENT;
    }
    return complete ? Knowledge.COMPLETE : Knowledge.PARTIAL;
  }

  /** The same side with other registers. */
  public SideState withProperties(Map<String, Register> changed) {
    return changed(draft -> draft.properties = changed);
  }

  /** The same side with one register changed. */
  public SideState with(String property, Register register) {
    Map<String, Register> changed = new TreeMap<>(properties);
    changed.put(property, register);
    return withProperties(changed);
  }

  /** The same side holding that record. */
  public SideState holding(RecordId held, @Nullable Instant createdAt) {
    return changed(draft -> {
      draft.record = held;
      draft.recordCreatedAt = createdAt == null ? recordCreatedAt : createdAt;
      draft.stopped = null;
    });
  }

  /** The same side, its record made at that time; null where that is not known. */
  public SideState made(@Nullable Instant at) {
    return at == null ? this : changed(draft -> draft.recordCreatedAt = at);
  }

  /** The side after its record has left: nothing known, no request, and why. */
  public SideState vacated(@Nullable String why) {
    return EMPTY.changed(draft -> {
      draft.task = task;
      draft.lastNumber = lastNumber;
      draft.stopped = why;
    });
  }

  /** The same side, its record about to leave for that reason. */
  public SideState leaving(String why) {
    return changed(draft -> {
      draft.parked = null;
      draft.stopped = why;
    });
  }

  /** What is known of another side's record, where this side counts its own tasks. */
  SideState bringing(SideState brought) {
    return brought.changed(draft -> {
      draft.task = task;
      draft.lastNumber = lastNumber;
      draft.open = null;
      draft.parked = null;
    });
  }

  /** The same side, every unknown property being blank from now on. */
  public SideState completed() {
    return changed(draft -> draft.complete = true);
  }

  /** The same side, what is unknown of it having to be read. */
  SideState incomplete() {
    return changed(draft -> {
      draft.complete = false;
      draft.mustRead = true;
    });
  }

  /** The same side, to be read or no longer. */
  public SideState reading(boolean must) {
    return changed(draft -> draft.mustRead = must);
  }

  /** The same side with our mark known. */
  public SideState marked(@Nullable String known) {
    return changed(draft -> draft.mark = known);
  }

  /** The same side with that work waiting, or none. */
  public SideState withTask(@Nullable TaskMark waiting) {
    return changed(draft -> {
      draft.task = waiting;
      draft.lastNumber = waiting == null ? lastNumber : Math.max(lastNumber, waiting.number());
    });
  }

  /** The same side with that request open, or none. */
  public SideState withOpen(@Nullable OpenRequest request) {
    return changed(draft -> draft.open = request);
  }

  /** The same side with that refusal, or none. */
  public SideState withParked(@Nullable Parked refused) {
    return changed(draft -> draft.parked = refused);
  }

  private SideState changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return new SideState(
        draft.record,
        draft.recordCreatedAt,
        draft.complete,
        draft.mustRead,
        draft.mark,
        draft.properties,
        draft.task,
        draft.lastNumber,
        draft.open,
        draft.parked,
        draft.stopped);
  }

  /** What can change of a side. */
  private static final class Draft {
    private @Nullable RecordId record;
    private @Nullable Instant recordCreatedAt;
    private boolean complete;
    private boolean mustRead;
    private @Nullable String mark;
    private Map<String, Register> properties;
    private @Nullable TaskMark task;
    private long lastNumber;
    private @Nullable OpenRequest open;
    private @Nullable Parked parked;
    private @Nullable String stopped;

    private Draft(SideState state) {
      record = state.record;
      recordCreatedAt = state.recordCreatedAt;
      complete = state.complete;
      mustRead = state.mustRead;
      mark = state.mark;
      properties = state.properties;
      task = state.task;
      lastNumber = state.lastNumber;
      open = state.open;
      parked = state.parked;
      stopped = state.stopped;
    }
  }
}
