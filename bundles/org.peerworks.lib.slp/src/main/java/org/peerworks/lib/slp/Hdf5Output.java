package org.peerworks.lib.slp;

import static hdf.hdf5lib.HDF5Constants.H5F_ACC_TRUNC;
import static hdf.hdf5lib.HDF5Constants.H5P_DATASET_CREATE;
import static hdf.hdf5lib.HDF5Constants.H5P_DEFAULT;
import static hdf.hdf5lib.HDF5Constants.H5P_FILE_ACCESS;
import static hdf.hdf5lib.HDF5Constants.H5S_ALL;
import static hdf.hdf5lib.HDF5Constants.H5S_SCALAR;
import static hdf.hdf5lib.HDF5Constants.H5S_SELECT_SET;
import static hdf.hdf5lib.HDF5Constants.H5S_UNLIMITED;
import static hdf.hdf5lib.HDF5Constants.H5T_CSET_UTF8;
import static hdf.hdf5lib.HDF5Constants.H5T_C_S1;
import static hdf.hdf5lib.HDF5Constants.H5T_IEEE_F64LE;
import static hdf.hdf5lib.HDF5Constants.H5T_STD_I64LE;
import static hdf.hdf5lib.HDF5Constants.H5T_STD_I8LE;
import static hdf.hdf5lib.HDF5Constants.H5T_STR_NULLPAD;
import static hdf.hdf5lib.HDF5Constants.H5T_VARIABLE;

import hdf.hdf5lib.H5;
import hdf.hdf5lib.HDF5Constants;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes objects of a new HDF5 file the way h5py does: chunked, extensible, fixed-length strings.
 *
 * <p>Not thread-safe. Throws {@link hdf.hdf5lib.exceptions.HDF5LibraryException} where the native
 * library fails.
 */
final class Hdf5Output implements AutoCloseable {

  private static final int ROWS_PER_CHUNK = 4096;
  private static final int ROWS_PER_EMPTY_CHUNK = 256;

  private final long file;

  Hdf5Output(Path path) {
    long access = H5.H5Pcreate(H5P_FILE_ACCESS);
    try {
      // Attributes beyond 64 KiB, which large metadata needs, exist from 1.8 on.
      H5.H5Pset_libver_bounds(access, HDF5Constants.H5F_LIBVER_V18, HDF5Constants.H5F_LIBVER_V18);
      file = H5.H5Fcreate(path.toString(), H5F_ACC_TRUNC, H5P_DEFAULT, access);
    } finally {
      H5.H5Pclose(access);
    }
  }

  void group(String path) {
    H5.H5Gclose(H5.H5Gcreate(file, path, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
  }

  void table(String path, RowType type, int rows, byte[] data) {
    long id = type.create();
    try {
      dataset(path, id, rows, data);
    } finally {
      H5.H5Tclose(id);
    }
  }

  /** Strings of the length of the longest one; an empty list the way SLEAP writes one. */
  void strings(String path, List<String> strings) {
    if (strings.isEmpty()) {
      dataset(path, H5T_IEEE_F64LE, 0, new byte[0]);
      return;
    }
    List<byte[]> encoded =
        strings.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    int length = Math.max(1, encoded.stream().mapToInt(text -> text.length).max().orElse(1));
    ByteBuffer data = ByteBuffer.allocate(Math.multiplyExact(length, strings.size()));
    encoded.forEach(text -> data.put(Arrays.copyOf(text, length)));
    long type = stringType(length);
    try {
      dataset(path, type, strings.size(), data.array());
    } finally {
      H5.H5Tclose(type);
    }
  }

  void integers(String path, List<Integer> values) {
    ByteBuffer data =
        ByteBuffer.allocate(values.size() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    values.forEach(value -> data.putLong(value));
    dataset(path, H5T_STD_I64LE, values.size(), data.array());
  }

  /** Gives images one by one; asked for each of them twice. */
  interface Images {
    byte[] image(int row) throws IOException;
  }

  /**
   * One row per image, padded with zeros to the longest one and deflated, as sleap-io writes them.
   * Variable-length lists would go through the native binding byte by byte: a second and a half per
   * megabyte.
   */
  void images(String path, int count, Images images) throws IOException {
    int longest = 1;
    for (int i = 0; i < count; i++) {
      longest = Math.max(longest, images.image(i).length);
    }
    long space = H5.H5Screate_simple(2, new long[] {count, longest}, null);
    long creation = H5.H5Pcreate(H5P_DATASET_CREATE);
    long dataset = -1;
    try {
      H5.H5Pset_chunk(creation, 2, new long[] {1, longest});
      H5.H5Pset_deflate(creation, 1);
      dataset = H5.H5Dcreate(file, path, H5T_STD_I8LE, space, H5P_DEFAULT, creation, H5P_DEFAULT);
      for (int i = 0; i < count; i++) {
        byte[] row = Arrays.copyOf(images.image(i), longest);
        long[] size = {1, longest};
        H5.H5Sselect_hyperslab(space, H5S_SELECT_SET, new long[] {i, 0}, null, size, null);
        long memory = H5.H5Screate_simple(2, size, null);
        try {
          H5.H5Dwrite(dataset, H5T_STD_I8LE, memory, space, H5P_DEFAULT, row);
        } finally {
          H5.H5Sclose(memory);
        }
      }
    } finally {
      if (dataset >= 0) {
        H5.H5Dclose(dataset);
      }
      H5.H5Pclose(creation);
      H5.H5Sclose(space);
    }
  }

  /** One variable-length list of bytes per row; for small ones. */
  void lists(String path, List<byte[]> rows) {
    long type = H5.H5Tvlen_create(H5T_STD_I8LE);
    long space = H5.H5Screate_simple(1, new long[] {rows.size()}, null);
    long dataset = H5.H5Dcreate(file, path, type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    try {
      Object[] lists = rows.stream().map(Hdf5Output::boxed).toArray();
      H5.H5DwriteVL(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, lists);
    } finally {
      H5.H5Dclose(dataset);
      H5.H5Sclose(space);
      H5.H5Tclose(type);
    }
  }

  static ArrayList<Byte> boxed(byte[] data) {
    ArrayList<Byte> list = new ArrayList<>(data.length);
    for (byte value : data) {
      list.add(value);
    }
    return list;
  }

  private void dataset(String path, long type, int rows, byte[] data) {
    long space = H5.H5Screate_simple(1, new long[] {rows}, new long[] {H5S_UNLIMITED});
    long creation = H5.H5Pcreate(H5P_DATASET_CREATE);
    long dataset = -1;
    try {
      int chunk = rows == 0 ? ROWS_PER_EMPTY_CHUNK : Math.min(rows, ROWS_PER_CHUNK);
      H5.H5Pset_chunk(creation, 1, new long[] {chunk});
      dataset = H5.H5Dcreate(file, path, type, space, H5P_DEFAULT, creation, H5P_DEFAULT);
      if (rows > 0) {
        H5.H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data);
      }
    } finally {
      if (dataset >= 0) {
        H5.H5Dclose(dataset);
      }
      H5.H5Pclose(creation);
      H5.H5Sclose(space);
    }
  }

  /** A text of variable length, as h5py writes a string. */
  void text(String path, String name, String value) {
    long object = H5.H5Oopen(file, path, H5P_DEFAULT);
    long space = H5.H5Screate(H5S_SCALAR);
    long type = H5.H5Tcopy(H5T_C_S1);
    long attribute = -1;
    try {
      H5.H5Tset_size(type, H5T_VARIABLE);
      H5.H5Tset_cset(type, H5T_CSET_UTF8);
      attribute = H5.H5Acreate(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
      H5.H5Awrite_VLStrings(attribute, type, new Object[] {value});
    } finally {
      if (attribute >= 0) {
        H5.H5Aclose(attribute);
      }
      H5.H5Tclose(type);
      H5.H5Sclose(space);
      H5.H5Oclose(object);
    }
  }

  /** A text of fixed length, as h5py writes bytes. */
  void attribute(String path, String name, String value) {
    byte[] data = value.getBytes(StandardCharsets.UTF_8);
    long type = stringType(Math.max(1, data.length));
    try {
      attribute(path, name, type, data.length == 0 ? new byte[1] : data);
    } finally {
      H5.H5Tclose(type);
    }
  }

  void attribute(String path, String name, long value) {
    attribute(path, name, H5T_STD_I64LE, littleEndian().putLong(value).array());
  }

  void attribute(String path, String name, double value) {
    attribute(path, name, H5T_IEEE_F64LE, littleEndian().putDouble(value).array());
  }

  private static ByteBuffer littleEndian() {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void attribute(String path, String name, long type, byte[] data) {
    long object = H5.H5Oopen(file, path, H5P_DEFAULT);
    long space = H5.H5Screate(H5S_SCALAR);
    long attribute = -1;
    try {
      if (H5.H5Aexists(object, name)) {
        H5.H5Adelete(object, name);
      }
      attribute = H5.H5Acreate(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
      H5.H5Awrite(attribute, type, data);
    } finally {
      if (attribute >= 0) {
        H5.H5Aclose(attribute);
      }
      H5.H5Sclose(space);
      H5.H5Oclose(object);
    }
  }

  private static long stringType(int length) {
    long type = H5.H5Tcopy(H5T_C_S1);
    H5.H5Tset_size(type, length);
    H5.H5Tset_strpad(type, H5T_STR_NULLPAD);
    H5.H5Tset_cset(type, H5T_CSET_UTF8);
    return type;
  }

  /** Copies all that lies in the root of another file, but for some names. */
  void copyFrom(Hdf5Input source, List<String> except) throws IOException {
    new ObjectCopier(source, this, file).copyRoot(except);
  }

  @Override
  public void close() {
    H5.H5Fclose(file);
  }
}
