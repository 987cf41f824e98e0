package org.peerworks.pose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The numbers in a safetensors file, by their names, read without the code that is tested. */
final class Tensors {

  private Tensors() {}

  static Map<String, float[]> read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int size = Math.toIntExact(bytes.getLong());
    byte[] header = new byte[size];
    bytes.get(header);
    JsonNode json = new JsonMapper().readTree(new String(header, StandardCharsets.UTF_8));
    Map<String, float[]> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      JsonNode place = entry.getValue().path("data_offsets");
      if (place.isArray()) {
        int start = place.path(0).asInt();
        float[] values = new float[(place.path(1).asInt() - start) / Float.BYTES];
        ByteBuffer data = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        data.position(Long.BYTES + size + start);
        data.asFloatBuffer().get(values);
        tensors.put(entry.getKey(), values);
      }
    }
    return tensors;
  }
}
