package dev.twofold.sync.firestore;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Turns records into the JSON that Firestore stores as one text, and back into equal records: nulls
 * are left out, times are ISO texts to the nanosecond (Firestore's own end at the microsecond),
 * enums are their names. A field it does not know is ignored and one that is missing is null, zero,
 * false or empty, so that two releases can read each other's documents during a deploy. One text,
 * because nobody queries what is in it, and a tree of fields costs the client several times as
 * much.
 */
public final class DocumentCodec {

  /**
   * A value that is stored as one text, as a field and as the key of a map.
   *
   * @param write its text
   * @param read the value of such a text
   */
  public record TextValue<T>(
      Class<T> type, Function<? super T, String> write, Function<String, T> read) {}

  private final JsonMapper mapper;

  private DocumentCodec(JsonMapper mapper) {
    this.mapper = mapper;
  }

  /** A codec for records of records, collections, plain values and these. */
  public static DocumentCodec with(List<TextValue<?>> values) {
    SimpleModule module = new SimpleModule("values");
    values.forEach(value -> add(module, value));
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .addModule(module)
            // Components only: isPair() and its like say something about a record, and are not it.
            .changeDefaultVisibility(
                checker -> checker.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
            .changeDefaultPropertyInclusion(
                inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
            .disable(EnumFeature.READ_ENUMS_USING_TO_STRING)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    for (Class<?> type :
        List.of(Map.class, Collection.class, List.class, Set.class, SortedSet.class)) {
      builder.withConfigOverride(
          type,
          override -> override.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)));
    }
    return new DocumentCodec(builder.build());
  }

  /** The record as JSON. */
  public String encode(Record document) {
    return mapper.writeValueAsString(document);
  }

  /**
   * The record that was encoded like this.
   *
   * @param where it was found, for the message
   * @throws IllegalStateException if it is no such record; the message names the place in it and
   *     never what it holds
   */
  public <T extends Record> T decode(String document, Class<T> type, String where) {
    try {
      return mapper.readValue(document, type);
    } catch (JacksonException | IllegalArgumentException | NullPointerException unreadable) {
      String place =
          unreadable instanceof JacksonException known ? known.getPathReference() : "its values";
      // Without the cause, whose message quotes people's data.
      throw new IllegalStateException(
          "%s cannot be read as %s, because of %s (%s)"
              .formatted(
                  where, type.getSimpleName(), place, unreadable.getClass().getSimpleName()));
    }
  }

  private static <T> void add(SimpleModule module, TextValue<T> value) {
    module.addSerializer(value.type(), new Writer<>(value));
    module.addKeySerializer(value.type(), new KeyWriter<>(value));
    module.addDeserializer(value.type(), new Reader<>(value));
    module.addKeyDeserializer(value.type(), new KeyReader<>(value));
  }

  private static final class Writer<T> extends StdSerializer<T> {
    private final TextValue<T> value;

    Writer(TextValue<T> value) {
      super(value.type());
      this.value = value;
    }

    @Override
    public void serialize(T written, JsonGenerator out, SerializationContext context) {
      out.writeString(value.write().apply(written));
    }
  }

  private static final class KeyWriter<T> extends StdSerializer<T> {
    private final TextValue<T> value;

    KeyWriter(TextValue<T> value) {
      super(value.type());
      this.value = value;
    }

    @Override
    public void serialize(T written, JsonGenerator out, SerializationContext context) {
      out.writeName(value.write().apply(written));
    }
  }

  private static final class Reader<T> extends StdDeserializer<T> {
    private final TextValue<T> value;

    Reader(TextValue<T> value) {
      super(value.type());
      this.value = value;
    }

    @Override
    public T deserialize(JsonParser in, DeserializationContext context) {
      return value.read().apply(in.getString());
    }
  }

  private static final class KeyReader<T> extends KeyDeserializer {
    private final TextValue<T> value;

    KeyReader(TextValue<T> value) {
      this.value = value;
    }

    @Override
    public Object deserializeKey(String key, DeserializationContext context) {
      return value.read().apply(key);
    }
  }
}
