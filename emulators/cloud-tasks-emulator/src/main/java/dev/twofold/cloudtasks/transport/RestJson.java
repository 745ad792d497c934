package dev.twofold.cloudtasks.transport;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import com.linecorp.armeria.common.grpc.GrpcJsonMarshaller;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * JSON as protobuf's own library reads and writes it. Armeria's reader drops unknown fields without
 * a word, and with them numeric enums, which Google's Java client sends over REST: a full view was
 * asked for and a basic one given.
 */
final class RestJson implements GrpcJsonMarshaller {

  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace();

  @Override
  public <T> void serializeMessage(Marshaller<T> marshaller, T message, OutputStream output)
      throws IOException {
    String json = PRINTER.print((MessageOrBuilder) message);
    output.write(json.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public <T> T deserializeMessage(Marshaller<T> marshaller, InputStream input) throws IOException {
    PrototypeMarshaller<T> protobuf = (PrototypeMarshaller<T>) marshaller;
    T prototype = protobuf.getMessagePrototype();
    if (prototype == null) {
      throw new IllegalStateException("not a protobuf marshaller: " + marshaller);
    }
    Message.Builder builder = ((Message) prototype).newBuilderForType();
    try (InputStreamReader reader = new InputStreamReader(input, StandardCharsets.UTF_8)) {
      JsonFormat.parser().merge(reader, builder);
    } catch (InvalidProtocolBufferException malformed) {
      throw Status.INVALID_ARGUMENT
          .withDescription("Invalid JSON payload received. " + malformed.getMessage())
          .withCause(malformed)
          .asRuntimeException();
    }
    return protobuf.getMessageClass().cast(builder.build());
  }
}
