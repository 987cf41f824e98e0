package org.peerworks.lib.slp;

import io.jhdf.dataset.DatasetBase;
import io.jhdf.object.datatype.CompoundDataType;
import io.jhdf.object.datatype.CompoundDataType.CompoundDataMember;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * The rows of a compound dataset, read column by column straight from its bytes (little-endian).
 */
final class Table {

  private final String name;
  private final ByteBuffer bytes;
  private final int rowSize;
  private final int rows;
  private final Map<String, CompoundDataMember> columns = new HashMap<>();

  private Table(String name) {
    this.name = name;
    bytes = ByteBuffer.allocate(0);
    rowSize = 0;
    rows = 0;
  }

  Table(String name, DatasetBase dataset) {
    this.name = name;
    if (!(dataset.getDataType() instanceof CompoundDataType type)) {
      throw new DamageException("'" + name + "' is no table");
    }
    if (dataset.getDimensionsAsLong().length != 1) {
      throw new DamageException("'" + name + "' has more than one dimension");
    }
    rows = Math.toIntExact(dataset.getSize());
    rowSize = type.getSize();
    bytes = dataset.getDataBuffer().order(ByteOrder.LITTLE_ENDIAN);
    for (CompoundDataMember member : type.getMembers()) {
      if (member.getOffset() < 0 || member.getOffset() + member.getDataType().getSize() > rowSize) {
        throw new DamageException(
            "column '" + member.getName() + "' of '" + name + "' lies outside of its row");
      }
      columns.put(member.getName(), member);
    }
  }

  static Table empty(String name) {
    return new Table(name);
  }

  int rows() {
    return rows;
  }

  boolean has(String column) {
    return columns.containsKey(column);
  }

  /** An integer or a boolean; unsigned 64-bit numbers beyond 2^63 come out negative. */
  long integer(String column, int row) {
    CompoundDataMember member = member(column);
    int at = position(member, row);
    boolean signed = !(member.getDataType() instanceof FixedPoint number) || number.isSigned();
    return switch (member.getDataType().getSize()) {
      case 1 -> signed ? bytes.get(at) : Byte.toUnsignedInt(bytes.get(at));
      case 2 -> signed ? bytes.getShort(at) : Short.toUnsignedInt(bytes.getShort(at));
      case 4 -> signed ? bytes.getInt(at) : Integer.toUnsignedLong(bytes.getInt(at));
      case 8 -> bytes.getLong(at);
      default -> throw unexpected(member);
    };
  }

  /** An index that has to lie in {@code 0..limit-1}. */
  int index(String column, int row, int limit) {
    long value = integer(column, row);
    if (value < 0 || value >= limit) {
      throw new DamageException(
          "'%s' of row %d in '%s' is %d, but there are only %d"
              .formatted(column, row, name, value, limit));
    }
    return (int) value;
  }

  double real(String column, int row) {
    CompoundDataMember member = member(column);
    if (!(member.getDataType() instanceof FloatingPoint)) {
      throw unexpected(member);
    }
    int at = position(member, row);
    return switch (member.getDataType().getSize()) {
      case 4 -> bytes.getFloat(at);
      case 8 -> bytes.getDouble(at);
      default -> throw unexpected(member);
    };
  }

  boolean truth(String column, int row) {
    return integer(column, row) != 0;
  }

  private int position(CompoundDataMember member, int row) {
    return row * rowSize + member.getOffset();
  }

  private CompoundDataMember member(String column) {
    CompoundDataMember member = columns.get(column);
    if (member == null) {
      throw new DamageException("'" + name + "' has no column '" + column + "'");
    }
    return member;
  }

  private DamageException unexpected(CompoundDataMember member) {
    DataType type = member.getDataType();
    return new DamageException(
        "column '%s' of '%s' has the unexpected type %s of %d bytes"
            .formatted(member.getName(), name, type.getClass().getSimpleName(), type.getSize()));
  }
}
