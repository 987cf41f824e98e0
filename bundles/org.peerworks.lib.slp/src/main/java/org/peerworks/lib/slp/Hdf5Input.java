package org.peerworks.lib.slp;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.dataset.DatasetBase;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads objects of an HDF5 file that may be damaged or hostile.
 *
 * <p>Sizes are checked against the length of the file before anything is allocated. May throw any
 * unchecked exception on bad input: callers go through {@link SlpFile}'s guard.
 */
final class Hdf5Input implements AutoCloseable {

  /** Deflate cannot expand further than this. */
  private static final long MOST_EXPANSION = 1032;

  private static final long LARGEST_UNPACKED = 1L << 30;

  private final HdfFile file;
  private final long length;

  Hdf5Input(Path path) throws IOException {
    length = Files.size(path);
    file = length <= Integer.MAX_VALUE ? mapped(path) : new HdfFile(path);
  }

  /**
   * @param channel closed with this
   */
  Hdf5Input(FileChannel channel) throws IOException {
    length = channel.size();
    if (length > Integer.MAX_VALUE) {
      file = new HdfFile(channel);
      return;
    }
    try (channel) {
      file = HdfFile.fromByteBuffer(channel.map(MapMode.READ_ONLY, 0, length));
    }
  }

  /** Reads through one mapping, so that no length found in the file leads to an allocation. */
  private static HdfFile mapped(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      return HdfFile.fromByteBuffer(channel.map(MapMode.READ_ONLY, 0, channel.size()));
    }
  }

  Group root() {
    return file;
  }

  Optional<DatasetBase> dataset(String path) {
    return node(path).filter(DatasetBase.class::isInstance).map(DatasetBase.class::cast);
  }

  Optional<Node> node(String path) {
    Node node = file;
    for (String name : path.split("/", -1)) {
      node = node instanceof Group group ? group.getChild(name) : null;
      if (node == null) {
        return Optional.empty();
      }
      requireOwn(node);
    }
    return Optional.of(node);
  }

  /** Refuses what lies elsewhere, maybe in a file that is nobody's business. */
  static void requireOwn(Node node) {
    if (node.isLink()) {
      throw new DamageException(
          "'" + node.getName() + "' is a link to another place, which is not followed");
    }
  }

  /**
   * Looks at all groups, datasets and attributes, so that nothing of them is unknown afterwards.
   */
  void walk() {
    new Walk(this).walk(file);
  }

  Optional<Object> attribute(String path, String name) {
    return node(path).map(node -> node.getAttribute(name)).map(this::value);
  }

  private Object value(Attribute attribute) {
    checked(attribute);
    return attribute.getData();
  }

  /** Refuses an attribute that claims to be larger than the file. */
  void checked(Attribute attribute) {
    require(
        attribute.getSizeInBytes() >= 0 && attribute.getSizeInBytes() <= length,
        "attribute '" + attribute.getName() + "'");
  }

  /** The rows of a compound dataset; empty if there is no such dataset. */
  Table table(String path) {
    return dataset(path)
        .filter(dataset -> dataset.getSize() > 0)
        .map(dataset -> new Table(path, whole(dataset)))
        .orElseGet(() -> Table.empty(path));
  }

  /** The strings of a dataset; none if it is absent, or empty and of another type. */
  List<String> strings(String path) {
    Optional<DatasetBase> dataset = dataset(path).filter(found -> found.getSize() > 0);
    if (dataset.isEmpty()) {
      return List.of();
    }
    Object data = whole(dataset.get()).getData();
    if (data instanceof String one) {
      return List.of(one);
    }
    if (data instanceof String[] all) {
      return List.of(all);
    }
    throw new DamageException("'" + path + "' holds no strings");
  }

  List<Integer> integers(String path) {
    Optional<DatasetBase> dataset = dataset(path).filter(found -> found.getSize() > 0);
    if (dataset.isEmpty()) {
      return List.of();
    }
    Object data = whole(dataset.get()).getData();
    int count = Array.getLength(data);
    List<Integer> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(Math.toIntExact(((Number) Array.get(data, i)).longValue()));
    }
    return values;
  }

  /** The bytes of one image; {@code row} counts along the first dimension. */
  byte[] row(DatasetBase dataset, int row) {
    checked(dataset);
    long[] dimensions = dataset.getDimensionsAsLong();
    long[] offset = new long[dimensions.length];
    int[] shape = new int[dimensions.length];
    offset[0] = row;
    shape[0] = 1;
    long elements = 1;
    for (int i = 1; i < dimensions.length; i++) {
      shape[i] = Math.toIntExact(dimensions[i]);
      elements = Math.multiplyExact(elements, dimensions[i]);
    }
    if (dataset.isVariableLength()) {
      return bytes(((Object[]) dataset.getData(offset, shape))[0]);
    }
    require(dataset.getDataType().getSize() == 1, "images in '" + dataset.getPath() + "'");
    require(elements <= LARGEST_UNPACKED, "images in '" + dataset.getPath() + "'");
    ByteBuffer buffer = dataset.getSliceDataBuffer(offset, shape);
    byte[] data = new byte[(int) elements];
    buffer.get(data);
    return data;
  }

  /** Has the places of a dataset's chunks looked up. */
  void touch(DatasetBase dataset) {
    long[] offset = new long[dataset.getDimensionsAsLong().length];
    int[] shape = new int[offset.length];
    Arrays.fill(shape, 1);
    dataset.getSliceDataBuffer(offset, shape);
  }

  private static byte[] bytes(Object values) {
    if (values instanceof byte[] signed) {
      return signed;
    }
    byte[] data = new byte[Array.getLength(values)];
    for (int i = 0; i < data.length; i++) {
      data[i] = ((Number) Array.get(values, i)).byteValue();
    }
    return data;
  }

  /** The same dataset, if it may be read as a whole. */
  private DatasetBase whole(DatasetBase dataset) {
    checked(dataset);
    require(
        dataset.getFilters().isEmpty() || dataset.getSizeInBytes() <= LARGEST_UNPACKED,
        "dataset '" + dataset.getPath() + "'");
    return dataset;
  }

  /** The same dataset, if the file is long enough for what it claims to hold. */
  DatasetBase checked(DatasetBase dataset) {
    long size = Math.multiplyExact(dataset.getSize(), (long) dataset.getDataType().getSize());
    long most =
        dataset.getFilters().isEmpty() ? length : Math.multiplyExact(length, MOST_EXPANSION);
    if (dataset instanceof ChunkedDataset chunked) {
      long chunk = dataset.getDataType().getSize();
      for (int side : chunked.getChunkDimensions()) {
        chunk = Math.multiplyExact(chunk, (long) side);
      }
      require(
          chunk > 0 && chunk <= Math.min(LARGEST_UNPACKED, Math.max(most, 1 << 20)),
          "chunks of '" + dataset.getPath() + "'");
    }
    require(size >= 0 && size <= most, "dataset '" + dataset.getPath() + "'");
    return dataset;
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new DamageException(what + " claims to be larger than the file can hold");
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
