package org.peerworks.pose.net;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.peerworks.pose.UserError;

/**
 * The numbers that a network learned, in a file of the safetensors format: length of the header (8
 * bytes, little-endian), JSON header with name, type, shape and place of each tensor, data.
 *
 * <p>Reading checks each tensor against the network that it is for before anything is allocated.
 */
public final class Weights {

  private static final int LARGEST_HEADER = 1 << 20;
  private static final String METADATA = "__metadata__";
  private static final String MADE_BY = "made_by";
  private static final String MAKER = "org.peerworks.pose";

  private Weights() {}

  /**
   * Writes a temporary file and renames it.
   *
   * @param about what else the file is to tell
   */
  public static void save(Block network, Path file, Map<String, String> about) throws IOException {
    JsonMapper mapper = new JsonMapper();
    ObjectNode header = mapper.createObjectNode();
    ObjectNode metadata = header.putObject(METADATA).put("format", "pt").put(MADE_BY, MAKER);
    about.forEach(metadata::put);
    long end = 0;
    for (Map.Entry<String, Parameter> entry : parameters(network).entrySet()) {
      NDArray array = entry.getValue().getArray();
      ObjectNode tensor = header.putObject(entry.getKey()).put("dtype", "F32");
      for (long side : array.getShape().getShape()) {
        tensor.withArray("shape").add(side);
      }
      long start = end;
      end += array.size() * Float.BYTES;
      tensor.putArray("data_offsets").add(start).add(end);
    }
    byte[] json = padded(header.toString());
    Path partial = file.resolveSibling(file.getFileName() + ".part");
    try (FileChannel out =
        FileChannel.open(
            partial,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      write(out, buffer(Long.BYTES).putLong(json.length).flip());
      write(out, ByteBuffer.wrap(json));
      for (Parameter parameter : parameters(network).values()) {
        float[] values = parameter.getArray().toFloatArray();
        ByteBuffer bytes = buffer(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        write(out, bytes);
      }
    }
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Data start at a multiple of 8. */
  private static byte[] padded(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    byte[] result = Arrays.copyOf(bytes, (bytes.length + 7) / 8 * 8);
    Arrays.fill(result, bytes.length, result.length, (byte) ' ');
    return result;
  }

  /**
   * Reads weights into a network that is initialized.
   *
   * @throws UserError if the file is not for this network, or damaged
   */
  public static void load(Block network, Path file) throws UserError, IOException {
    try (FileChannel in = FileChannel.open(file)) {
      int header = headerSize(in, file);
      JsonNode json = header(in, header, file);
      for (Map.Entry<String, Parameter> entry : parameters(network).entrySet()) {
        load(in, file, Long.BYTES + header, json.path(entry.getKey()), entry);
      }
    }
  }

  /**
   * Reads what the file tells beside the weights.
   *
   * @throws UserError if it was not made by {@link #save}, or is damaged
   */
  public static Map<String, String> about(Path file) throws UserError, IOException {
    try (FileChannel in = FileChannel.open(file)) {
      Map<String, String> about = new LinkedHashMap<>();
      JsonNode metadata = header(in, headerSize(in, file), file).path(METADATA);
      metadata.properties().forEach(e -> about.put(e.getKey(), e.getValue().asText()));
      if (!MAKER.equals(about.get(MADE_BY))) {
        throw UserError.data(
            "The weights '%s' were not made by the built-in trainer, which reads only its own.",
            file);
      }
      return about;
    }
  }

  private static int headerSize(FileChannel in, Path file) throws UserError, IOException {
    long size = read(in, 0, Long.BYTES, file).getLong();
    if (size < 2 || size > LARGEST_HEADER) {
      throw damaged(file, "its header has " + size + " bytes");
    }
    return (int) size;
  }

  private static JsonNode header(FileChannel in, int size, Path file)
      throws UserError, IOException {
    try {
      return new JsonMapper().readTree(read(in, Long.BYTES, size, file).array());
    } catch (JsonProcessingException e) {
      throw damaged(file, "its header is no JSON");
    }
  }

  private static void load(
      FileChannel in, Path file, long start, JsonNode tensor, Map.Entry<String, Parameter> entry)
      throws UserError, IOException {
    NDArray array = entry.getValue().getArray();
    long[] wanted = array.getShape().getShape();
    long[] found = new long[tensor.path("shape").size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = tensor.path("shape").path(i).asLong(-1);
    }
    if (!tensor.path("dtype").asText().equals("F32") || !Arrays.equals(wanted, found)) {
      throw damaged(
          file,
          "the tensor '%s' should have the shape %s, but has %s"
              .formatted(entry.getKey(), Arrays.toString(wanted), Arrays.toString(found)));
    }
    long offset = tensor.path("data_offsets").path(0).asLong(-1);
    if (offset < 0) {
      throw damaged(file, "the tensor '" + entry.getKey() + "' has no place");
    }
    int size = Math.toIntExact(array.size());
    float[] values = new float[size];
    read(in, start + offset, size * Float.BYTES, file).asFloatBuffer().get(values);
    try (NDArray loaded = array.getManager().create(values, array.getShape())) {
      // In place: what DJL has for copying warns about itself on the error stream.
      array.muli(0).addi(loaded);
    }
  }

  private static ByteBuffer read(FileChannel in, long position, int size, Path file)
      throws UserError, IOException {
    if (position > in.size() - size) {
      throw damaged(file, "it ends too early");
    }
    ByteBuffer bytes = buffer(size);
    while (bytes.hasRemaining()) {
      if (in.read(bytes, position + bytes.position()) < 0) {
        throw damaged(file, "it ends too early");
      }
    }
    return bytes.flip();
  }

  private static UserError damaged(Path file, String why) {
    return UserError.data(
        "The weights '%s' do not fit the model beside them: %s. Train the model again.", file, why);
  }

  private static Map<String, Parameter> parameters(Block network) {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    for (Pair<String, Parameter> pair : network.getParameters()) {
      parameters.put(pair.getKey(), pair.getValue());
    }
    return parameters;
  }
}
