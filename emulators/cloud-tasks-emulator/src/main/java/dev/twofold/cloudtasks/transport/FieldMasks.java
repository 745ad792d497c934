package dev.twofold.cloudtasks.transport;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import dev.twofold.cloudtasks.engine.RequestRefused;
import java.util.List;
import java.util.Locale;

/** Update masks as Google's services apply them: a named field is replaced, unset ones cleared. */
final class FieldMasks {

  private FieldMasks() {}

  /** Copies the masked fields of {@code from}; an empty mask copies everything. */
  static void apply(FieldMask mask, Message from, Message.Builder to) {
    if (mask.getPathsList().isEmpty() || mask.getPathsList().contains("*")) {
      to.clear().mergeFrom(from);
      return;
    }
    for (String path : mask.getPathsList()) {
      copy(path, List.of(path.split("\\.", -1)), from, to);
    }
  }

  private static void copy(String path, List<String> names, Message from, Message.Builder to) {
    FieldDescriptor field = to.getDescriptorForType().findFieldByName(snakeCase(names.getFirst()));
    if (field == null
        || (names.size() > 1 && field.getJavaType() != FieldDescriptor.JavaType.MESSAGE)) {
      throw new RequestRefused(
          RequestRefused.Reason.INVALID_ARGUMENT,
          "Invalid field in the update mask: '" + path + "'.");
    }
    if (names.size() > 1) {
      copy(
          path,
          names.subList(1, names.size()),
          (Message) from.getField(field),
          to.getFieldBuilder(field));
    } else if (field.hasPresence() && !from.hasField(field)) {
      to.clearField(field);
    } else {
      to.setField(field, from.getField(field));
    }
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
