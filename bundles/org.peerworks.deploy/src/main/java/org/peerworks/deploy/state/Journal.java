package org.peerworks.deploy.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The steps of all transactions, one line each, with a check sum: a line that a power cut left
 * half-written does not count. Not thread-safe.
 */
final class Journal {

  private static final int SUM = 8;
  private static final int MOST = 1000;

  private final ObjectMapper json;
  private final Path file;
  private final Disk disk;
  private final List<JournalEntry> entries = new ArrayList<>();

  private Journal(Path file, Disk disk, ObjectMapper json) {
    this.file = file;
    this.disk = disk;
    this.json = json;
  }

  /** Reads it; lines that are damaged are left out, and the file is mended. */
  static Journal open(Path file, Disk disk, ObjectMapper json) throws IOException {
    Journal journal = new Journal(file, disk, json);
    boolean whole = journal.read();
    if (!whole || journal.entries.size() > MOST) {
      journal.rewrite();
    }
    return journal;
  }

  /** Oldest first. */
  List<JournalEntry> entries() {
    return List.copyOf(entries);
  }

  /** On stable storage when this returns. */
  void add(JournalEntry entry) throws IOException {
    disk.append(file, line(entry));
    entries.add(entry);
  }

  private boolean read() throws IOException {
    String text;
    try {
      text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return true;
    }
    boolean whole = text.isEmpty() || text.endsWith("\n");
    for (String line : text.split("\n")) {
      JournalEntry entry = parse(line);
      if (entry != null) {
        entries.add(entry);
      } else {
        whole &= line.isEmpty();
      }
    }
    return whole;
  }

  private JournalEntry parse(String line) {
    if (line.length() <= SUM || !line.startsWith(sum(line.substring(SUM + 1)) + " ")) {
      return null;
    }
    try {
      return json.readValue(line.substring(SUM + 1), JournalEntry.class);
    } catch (JsonProcessingException e) {
      return null; // of another format; as good as damaged
    }
  }

  private void rewrite() throws IOException {
    if (entries.size() > MOST) {
      entries.subList(0, entries.size() - MOST / 2).clear();
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (JournalEntry entry : entries) {
      all.write(line(entry));
    }
    disk.replace(file, all.toByteArray());
  }

  private byte[] line(JournalEntry entry) throws IOException {
    String text = json.writeValueAsString(entry);
    return (sum(text) + " " + text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String sum(String text) {
    CRC32 sum = new CRC32();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", sum.getValue());
  }
}
