package org.peerworks.lib.slp;

import static hdf.hdf5lib.HDF5Constants.H5T_COMPOUND;
import static hdf.hdf5lib.HDF5Constants.H5T_IEEE_F32LE;
import static hdf.hdf5lib.HDF5Constants.H5T_IEEE_F64LE;
import static hdf.hdf5lib.HDF5Constants.H5T_STD_I32LE;
import static hdf.hdf5lib.HDF5Constants.H5T_STD_I64LE;
import static hdf.hdf5lib.HDF5Constants.H5T_STD_I8LE;
import static hdf.hdf5lib.HDF5Constants.H5T_STD_U32LE;
import static hdf.hdf5lib.HDF5Constants.H5T_STD_U64LE;
import static hdf.hdf5lib.HDF5Constants.H5T_STD_U8LE;

import hdf.hdf5lib.H5;
import java.util.List;

/** The columns of the tables in a .slp file (SLEAP .slp format 1.2), packed without gaps. */
enum RowType {
  FRAME(
      u64("frame_id"),
      u32("video"),
      u64("frame_idx"),
      u64("instance_id_start"),
      u64("instance_id_end")),
  INSTANCE(
      i64("instance_id"),
      new Column("instance_type", Kind.U8),
      u64("frame_id"),
      u32("skeleton"),
      new Column("track", Kind.I32),
      i64("from_predicted"),
      f32("score"),
      u64("point_id_start"),
      u64("point_id_end"),
      f32("tracking_score")),
  POINT(f64("x"), f64("y"), bool("visible"), bool("complete")),
  PREDICTED_POINT(f64("x"), f64("y"), bool("visible"), bool("complete"), f64("score"));

  private enum Kind {
    U8(1),
    U32(4),
    U64(8),
    I32(4),
    I64(8),
    F32(4),
    F64(8),
    BOOL(1);

    private final int size;

    Kind(int size) {
      this.size = size;
    }

    private long type() {
      return switch (this) {
        case U8 -> H5T_STD_U8LE;
        case U32 -> H5T_STD_U32LE;
        case U64 -> H5T_STD_U64LE;
        case I32 -> H5T_STD_I32LE;
        case I64 -> H5T_STD_I64LE;
        case F32 -> H5T_IEEE_F32LE;
        case F64 -> H5T_IEEE_F64LE;
        case BOOL -> H5T_STD_I8LE;
      };
    }
  }

  private record Column(String name, Kind kind) {}

  private final List<Column> columns;

  RowType(Column... columns) {
    this.columns = List.of(columns);
  }

  /** Bytes of one row. */
  int size() {
    return columns.stream().mapToInt(column -> column.kind().size).sum();
  }

  /** Creates the HDF5 data type; the caller closes it. */
  long create() {
    long bool = booleanType();
    try {
      long type = H5.H5Tcreate(H5T_COMPOUND, size());
      long offset = 0;
      for (Column column : columns) {
        long member = column.kind() == Kind.BOOL ? bool : column.kind().type();
        H5.H5Tinsert(type, column.name(), offset, member);
        offset += column.kind().size;
      }
      return type;
    } finally {
      H5.H5Tclose(bool);
    }
  }

  /** What h5py takes for a boolean. */
  private static long booleanType() {
    long type = H5.H5Tenum_create(H5T_STD_I8LE);
    H5.H5Tenum_insert(type, "FALSE", new byte[] {0});
    H5.H5Tenum_insert(type, "TRUE", new byte[] {1});
    return type;
  }

  private static Column u64(String name) {
    return new Column(name, Kind.U64);
  }

  private static Column u32(String name) {
    return new Column(name, Kind.U32);
  }

  private static Column i64(String name) {
    return new Column(name, Kind.I64);
  }

  private static Column f32(String name) {
    return new Column(name, Kind.F32);
  }

  private static Column f64(String name) {
    return new Column(name, Kind.F64);
  }

  private static Column bool(String name) {
    return new Column(name, Kind.BOOL);
  }
}
