package org.peerworks.lib.slp;

import static hdf.hdf5lib.HDF5Constants.H5P_DATASET_CREATE;
import static hdf.hdf5lib.HDF5Constants.H5P_DEFAULT;
import static hdf.hdf5lib.HDF5Constants.H5S_ALL;

import hdf.hdf5lib.H5;
import hdf.hdf5lib.HDF5Constants;
import io.jhdf.AttributeImpl;
import io.jhdf.api.Attribute;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.VariableLength;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Copies groups, datasets and attributes from a file that may be hostile into a new one.
 *
 * <p>The source is only ever read by the checked reader: the native library, which a damaged file
 * can crash, sees nothing but what is to be written.
 */
final class ObjectCopier {

  private static final long BLOCK_BYTES = 4 << 20;
  private static final int DEFLATE_LEVEL = 4;

  private final Hdf5Input input;
  private final Hdf5Output output;
  private final long file;

  ObjectCopier(Hdf5Input input, Hdf5Output output, long file) {
    this.input = input;
    this.output = output;
    this.file = file;
  }

  /** Copies all that lies in the root, but for some names. */
  void copyRoot(List<String> except) throws IOException {
    for (Node node : input.root().getChildren().values()) {
      if (!except.contains(node.getName())) {
        copy(node, node.getName());
      }
    }
  }

  private void copy(Node node, String path) throws IOException {
    Hdf5Input.requireOwn(node);
    if (node instanceof Group group) {
      H5.H5Gclose(H5.H5Gcreate(file, path, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
      for (Node child : group.getChildren().values()) {
        copy(child, path + "/" + child.getName());
      }
    } else if (node instanceof DatasetBase dataset && isImages(dataset, path)) {
      int count = Math.toIntExact(input.checked(dataset).getSize());
      output.images(path, count, row -> input.row(dataset, row));
    } else if (node instanceof DatasetBase dataset) {
      copy(input.checked(dataset), path);
    } else {
      throw new DamageException("'" + path + "' is neither a group nor a dataset");
    }
    for (Attribute attribute : node.getAttributes().values()) {
      copy((AttributeImpl) attribute, path);
    }
  }

  private static boolean isImages(DatasetBase dataset, String path) {
    return VideoReader.isImages(path)
        && dataset.getSize() > 0
        && dataset.getDimensionsAsLong().length == 1
        && dataset.getDataType() instanceof VariableLength list
        && !list.isVariableLengthString();
  }

  private void copy(DatasetBase source, String path) {
    long[] sides = source.getDimensionsAsLong();
    long type = TypeCopier.create(source.getDataType());
    long space = space(sides, source instanceof ChunkedDataset ? source.getMaxSize() : null);
    long creation = H5.H5Pcreate(H5P_DATASET_CREATE);
    long dataset = -1;
    try {
      if (source instanceof ChunkedDataset chunked) {
        int[] chunk = chunked.getChunkDimensions();
        long[] chunkSides = new long[sides.length];
        for (int i = 0; i < sides.length; i++) {
          chunkSides[i] = chunk[i];
        }
        H5.H5Pset_chunk(creation, sides.length, chunkSides);
        if (!source.getFilters().isEmpty()) {
          H5.H5Pset_deflate(creation, DEFLATE_LEVEL);
        }
      }
      dataset = H5.H5Dcreate(file, path, type, space, H5P_DEFAULT, creation, H5P_DEFAULT);
      if (source.getSize() > 0 && !source.isEmpty()) {
        write(source, dataset, type, space, sides);
      }
    } finally {
      if (dataset >= 0) {
        H5.H5Dclose(dataset);
      }
      H5.H5Pclose(creation);
      H5.H5Sclose(space);
      H5.H5Tclose(type);
    }
  }

  private static long space(long[] sides, long[] most) {
    if (sides.length == 0) {
      return H5.H5Screate(HDF5Constants.H5S_SCALAR);
    }
    boolean known = most != null && most.length == sides.length;
    return H5.H5Screate_simple(sides.length, sides, known ? most : null);
  }

  private void write(DatasetBase source, long dataset, long type, long space, long[] sides) {
    if (source.getDataType() instanceof VariableLength list) {
      if (list.isVariableLengthString()) {
        H5.H5Dwrite_VLStrings(
            dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, texts(source.getData()));
        return;
      }
      if (sides.length != 1) {
        throw new DamageException("lists of bytes have more than one dimension");
      }
      for (int row = 0; row < sides[0]; row++) {
        Object[] one = {Hdf5Output.boxed(input.row(source, row))};
        block(
            space,
            sides,
            row,
            1,
            memory -> H5.H5DwriteVL(dataset, type, memory, space, H5P_DEFAULT, one));
      }
      return;
    }
    if (sides.length == 0) {
      H5.H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes(source.getDataBuffer()));
      return;
    }
    long rowBytes = source.getSizeInBytes() / sides[0];
    int rows = (int) Math.max(1, Math.min(sides[0], BLOCK_BYTES / Math.max(1, rowBytes)));
    for (long from = 0; from < sides[0]; from += rows) {
      int count = (int) Math.min(rows, sides[0] - from);
      byte[] data = bytes(source.getSliceDataBuffer(start(sides, from), shape(sides, count)));
      block(
          space,
          sides,
          from,
          count,
          memory -> H5.H5Dwrite(dataset, type, memory, space, H5P_DEFAULT, data));
    }
  }

  private interface BlockWriter {
    void write(long memory);
  }

  /** Selects some rows and has them written. */
  private static void block(long space, long[] sides, long from, int count, BlockWriter writer) {
    long[] size = sides.clone();
    size[0] = count;
    H5.H5Sselect_hyperslab(
        space, HDF5Constants.H5S_SELECT_SET, start(sides, from), null, size, null);
    long memory = H5.H5Screate_simple(size.length, size, null);
    try {
      writer.write(memory);
    } finally {
      H5.H5Sclose(memory);
    }
  }

  private static long[] start(long[] sides, long from) {
    long[] start = new long[sides.length];
    start[0] = from;
    return start;
  }

  private static int[] shape(long[] sides, int rows) {
    int[] shape = new int[sides.length];
    for (int i = 0; i < sides.length; i++) {
      shape[i] = Math.toIntExact(sides[i]);
    }
    shape[0] = rows;
    return shape;
  }

  private void copy(AttributeImpl source, String path) {
    DataType type = source.getDataType();
    input.checked(source);
    long object = H5.H5Oopen(file, path, H5P_DEFAULT);
    long id = TypeCopier.create(type);
    long space = space(source.getDimensionsAsLong(), null);
    long attribute = -1;
    try {
      attribute = H5.H5Acreate(object, source.getName(), id, space, H5P_DEFAULT, H5P_DEFAULT);
      if (type instanceof VariableLength list) {
        if (!list.isVariableLengthString()) {
          throw new DamageException("the attribute '" + source.getName() + "' is a list of bytes");
        }
        H5.H5Awrite_VLStrings(attribute, id, texts(source.getData()));
      } else if (source.getSize() > 0) {
        H5.H5Awrite(attribute, id, bytes(source.getBuffer()));
      }
    } finally {
      if (attribute >= 0) {
        H5.H5Aclose(attribute);
      }
      H5.H5Sclose(space);
      H5.H5Tclose(id);
      H5.H5Oclose(object);
    }
  }

  private static Object[] texts(Object data) {
    if (data instanceof String one) {
      return new Object[] {one};
    }
    if (data instanceof String[] all) {
      return all;
    }
    throw new DamageException("texts have more than one dimension");
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] data = new byte[buffer.remaining()];
    buffer.get(data);
    return data;
  }
}
