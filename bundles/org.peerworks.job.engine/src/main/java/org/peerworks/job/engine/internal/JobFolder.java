package org.peerworks.job.engine.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.peerworks.job.api.TransferListener;
import org.peerworks.lib.files.AtomicFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lays out the directory of a job: {@code input/} and {@code request.json}, the job's description
 * for people and programs that look at the files.
 *
 * <p>A job with inputs gets it before its row is stored, synced. A job without inputs gets it when
 * its code first asks for a directory, writes to the log or runs a step; one that does nothing of
 * this never has a directory. Its description is the row in the store until then, and stays the one
 * that counts: {@code request.json} is written for readers, the worker itself never reads it.
 */
final class JobFolder {

  private static final Logger LOG = LoggerFactory.getLogger(JobFolder.class);

  private final JobFiles files;

  JobFolder(JobFiles files) {
    this.files = files;
  }

  /**
   * Places the inputs and {@code request.json}. The entry in the directory above is not synced yet.
   *
   * @throws IOException nothing is left on disk
   */
  void make(StoredJob job, Map<String, Path> inputs, TransferListener transfers)
      throws IOException {
    Path directory = files.job(job.id());
    try {
      Files.createDirectory(directory);
      if (!inputs.isEmpty()) {
        Path input = Files.createDirectory(files.input(job.id()));
        for (Map.Entry<String, Path> entry : inputs.entrySet()) {
          place(entry.getValue(), input.resolve(entry.getKey()));
          tell(transfers, entry.getKey(), input.resolve(entry.getKey()));
        }
        AtomicFiles.sync(input);
      }
      writeRequest(job, inputs, directory.resolve("request.json"), true);
      AtomicFiles.sync(directory);
    } catch (IOException | RuntimeException e) {
      try {
        files.delete(job.id());
      } catch (IOException more) {
        e.addSuppressed(more);
      }
      throw e;
    }
  }

  /**
   * Makes the directory of a job that came without inputs, if it is not there yet. The job's row in
   * the store is its durable description, so that nothing needs to be synced here.
   */
  void ensure(StoredJob job) throws IOException {
    Path request = files.job(job.id()).resolve("request.json");
    if (!Files.exists(request)) {
      Files.createDirectories(request.getParent());
      writeRequest(job, Map.of(), request, false);
    }
  }

  /**
   * A file of ours is linked, for it is never changed in place; anyone else's is copied. What is
   * placed is a regular file, whatever the source is.
   */
  private void place(Path source, Path target) throws IOException {
    Path real = source.toRealPath();
    boolean linked = false;
    if (real.startsWith(files.data())) {
      try {
        Files.createLink(target, real);
        linked = true;
      } catch (IOException | UnsupportedOperationException e) {
        LOG.debug("Copies '{}', for it cannot be linked", real, e);
      }
    }
    if (!linked) {
      Files.copy(real, target, LinkOption.NOFOLLOW_LINKS);
    }
    if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("The input '" + target.getFileName() + "' is not a regular file.");
    }
    AtomicFiles.sync(target);
  }

  private static void tell(TransferListener transfers, String name, Path file) throws IOException {
    long size = Files.size(file);
    try {
      transfers.transferred(name, size, size);
    } catch (RuntimeException e) {
      LOG.warn("A listener failed on the transfer of '{}'", name, e);
    }
  }

  private static void writeRequest(StoredJob job, Map<String, Path> inputs, Path file, boolean sync)
      throws IOException {
    ObjectNode request = Json.MAPPER.createObjectNode();
    request.put("id", job.id());
    request.put("type", job.type());
    request.put("typeVersion", job.version());
    request.set("parameters", Json.object("The parameters", job.parameters()));
    ArrayNode names = request.putArray("inputs");
    inputs.keySet().stream().sorted().forEach(names::add);
    request.put("priority", job.priority());
    request.put("idempotencyKey", job.idempotencyKey());
    request.put("timeoutSeconds", job.timeout().toMillis() / 1000.0);
    request.put("ownerId", job.ownerId());
    request.put("ownerName", job.ownerName());
    request.put("submitted", job.submitted().toString());
    // No temporary name is needed: without its row in the store the whole directory is void.
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(Json.MAPPER.writeValueAsBytes(request));
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      if (sync) {
        channel.force(true);
      }
    }
  }
}
