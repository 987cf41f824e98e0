package org.peerworks.job.engine.internal;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The log of a running job. Programs append to its file too; what the job itself appends is
 * remembered while it is tailed, so that a program's lines are told apart. Thread-safe.
 *
 * <p>Plain streams, not channels: an interrupt of the job's thread would close a channel.
 */
final class JobLog implements AutoCloseable {

  private final RunFolder folder;
  private final Path file;
  private final Runnable grown;
  private FileOutputStream out;
  private final TreeMap<Long, Long> own = new TreeMap<>();
  private boolean tailed;
  private boolean closed;

  /** Up to here an earlier run of the job may have written what is appended now. */
  private final long earlier;

  private long repeated;

  /**
   * The file is made when somebody first writes to it.
   *
   * @param again whether the job is run again: what it appends, and has appended in the same order
   *     before, is not appended twice
   * @param grown told after each growth that is noticed; by any thread, must not block
   */
  JobLog(RunFolder folder, boolean again, Runnable grown) throws IOException {
    this.folder = folder;
    this.file = folder.log();
    this.grown = grown;
    this.earlier = again ? size() : 0;
  }

  Path file() {
    return file;
  }

  long size() throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  /** Appends a line; control characters inside it, line ends among them, become spaces. */
  void append(String line) throws IOException {
    StringBuilder safe = new StringBuilder(line.length() + 1);
    line.codePoints().forEach(c -> safe.appendCodePoint(c < ' ' && c != '\t' ? ' ' : c));
    byte[] bytes = safe.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    synchronized (this) {
      open();
      long start = repeated(bytes);
      if (start < 0) {
        long before = size();
        out.write(bytes);
        start = tailed ? find(bytes, before) : before;
      }
      if (tailed) {
        own.put(start, start + bytes.length);
      }
    }
    grown.run();
  }

  /**
   * Where an earlier run has appended a line; negative if it had not come so far. The first line
   * that is not found is where that run was cut off.
   */
  private long repeated(byte[] line) throws IOException {
    if (repeated >= earlier) {
      return -1;
    }
    long found = LogSearch.line(file, repeated, earlier, line);
    repeated = found < 0 ? earlier : found + line.length;
    return found;
  }

  /** Begins to tail, from an offset on up to another. One tail at a time. */
  synchronized Tail tail(long offset, long end) throws IOException {
    open();
    tailed = true;
    return new Tail(new RandomAccessFile(file.toFile(), "r"), offset, end);
  }

  @Override
  public synchronized void close() throws IOException {
    if (out != null) {
      out.close();
    }
    closed = true;
  }

  private void open() throws IOException {
    if (closed) {
      throw new IOException("The job has ended; its log is closed.");
    }
    if (out == null) {
      folder.make();
      out = new FileOutputStream(file.toFile(), true);
    }
  }

  /** A program may have appended just before or after: looks where our bytes landed. */
  private long find(byte[] bytes, long from) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      byte[] found = new byte[Math.toIntExact(in.length() - from)];
      in.seek(from);
      in.readFully(found);
      ByteBuffer wanted = ByteBuffer.wrap(bytes);
      for (int start = 0; start + bytes.length <= found.length; start++) {
        if (ByteBuffer.wrap(found, start, bytes.length).equals(wanted)) {
          return from + start;
        }
      }
      return from;
    }
  }

  /** Reads what programs append. One thread. */
  final class Tail implements AutoCloseable {

    private final RandomAccessFile in;
    private final byte[] buffer = new byte[1 << 16];
    private final long end;
    private long offset;

    private Tail(RandomAccessFile in, long offset, long end) {
      this.in = in;
      this.offset = offset;
      this.end = end;
    }

    /** What was read, or left out as the job's own, ends here. */
    long offset() {
      return offset;
    }

    /**
     * Reads one piece, if there is one.
     *
     * @return whether there was one
     */
    boolean read(Consumer<ByteBuffer> bytes) throws IOException {
      int count;
      synchronized (JobLog.this) {
        skipOwn();
        Long next = own.ceilingKey(offset);
        long limit = next == null ? end : Math.min(end, next);
        int most = (int) Math.min(buffer.length, limit - offset);
        in.seek(offset);
        count = most > 0 ? in.read(buffer, 0, most) : -1;
        if (count <= 0) {
          return false;
        }
        offset += count;
      }
      grown.run();
      bytes.accept(ByteBuffer.wrap(buffer, 0, count));
      return true;
    }

    @Override
    public void close() throws IOException {
      synchronized (JobLog.this) {
        tailed = false;
        own.clear();
      }
      in.close();
    }

    private void skipOwn() {
      Iterator<Map.Entry<Long, Long>> ranges = own.entrySet().iterator();
      while (ranges.hasNext()) {
        Map.Entry<Long, Long> range = ranges.next();
        if (range.getKey() > offset) {
          return;
        }
        offset = Math.max(offset, range.getValue());
        ranges.remove();
      }
    }
  }
}
