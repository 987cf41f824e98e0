package org.peerworks.deploy.drop;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.peerworks.lib.files.AtomicFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The verdicts on all files of the drop folder; they outlive the worker. Thread-safe. */
final class Verdicts {

  private static final Logger LOG = LoggerFactory.getLogger(Verdicts.class);

  private final Path file;
  private TreeMap<String, Verdict> byFile;

  Verdicts(Path file) {
    this.file = file;
  }

  /** By file name. */
  synchronized List<Verdict> all() {
    return List.copyOf(read().values());
  }

  synchronized Optional<Verdict> of(String name) {
    return Optional.ofNullable(read().get(name));
  }

  synchronized void put(Verdict verdict) throws IOException {
    read().put(verdict.file(), verdict);
    write();
  }

  synchronized void forget(String name) throws IOException {
    read().remove(name);
    write();
  }

  private TreeMap<String, Verdict> read() {
    if (byFile == null) {
      byFile = new TreeMap<>();
      if (Files.exists(file)) {
        try {
          List<Verdict> stored =
              json().readValue(Files.readAllBytes(file), new TypeReference<List<Verdict>>() {});
          stored.forEach(verdict -> byFile.put(verdict.file(), verdict));
        } catch (IOException e) {
          LOG.error("Cannot read '{}'; all dropped files are judged anew", file, e);
        }
      }
    }
    return byFile;
  }

  private void write() throws IOException {
    Files.createDirectories(file.getParent());
    AtomicFiles.write(file, json().writeValueAsBytes(new ArrayList<>(byFile.values())));
  }

  private static ObjectMapper json() {
    return JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  }
}
