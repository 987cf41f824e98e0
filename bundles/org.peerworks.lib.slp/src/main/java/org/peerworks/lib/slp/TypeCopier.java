package org.peerworks.lib.slp;

import hdf.hdf5lib.H5;
import hdf.hdf5lib.HDF5Constants;
import io.jhdf.object.datatype.CompoundDataType;
import io.jhdf.object.datatype.CompoundDataType.CompoundDataMember;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Makes the data type that was read from one file anew for another one. */
final class TypeCopier {

  private static final int LONGEST_STRING = 16 << 20;

  private TypeCopier() {}

  /**
   * Creates the HDF5 data type; the caller closes it.
   *
   * @throws DamageException if it is none of those that .slp files are made of
   */
  static long create(DataType type) {
    if (type instanceof FixedPoint number) {
      return H5.H5Tcopy(integer(number));
    }
    if (type instanceof FloatingPoint number) {
      return H5.H5Tcopy(real(number));
    }
    if (type instanceof StringData text) {
      return string(text);
    }
    if (type instanceof EnumDataType choice) {
      return enumeration(choice);
    }
    if (type instanceof CompoundDataType compound) {
      return compound(compound);
    }
    if (type instanceof VariableLength list) {
      return variable(list);
    }
    throw unknown(type);
  }

  private static long integer(FixedPoint number) {
    boolean little = number.getByteOrder() == ByteOrder.LITTLE_ENDIAN;
    boolean signed = number.isSigned();
    return switch (number.getSize()) {
      case 1 -> signed ? HDF5Constants.H5T_STD_I8LE : HDF5Constants.H5T_STD_U8LE;
      case 2 ->
          little
              ? signed ? HDF5Constants.H5T_STD_I16LE : HDF5Constants.H5T_STD_U16LE
              : signed ? HDF5Constants.H5T_STD_I16BE : HDF5Constants.H5T_STD_U16BE;
      case 4 ->
          little
              ? signed ? HDF5Constants.H5T_STD_I32LE : HDF5Constants.H5T_STD_U32LE
              : signed ? HDF5Constants.H5T_STD_I32BE : HDF5Constants.H5T_STD_U32BE;
      case 8 ->
          little
              ? signed ? HDF5Constants.H5T_STD_I64LE : HDF5Constants.H5T_STD_U64LE
              : signed ? HDF5Constants.H5T_STD_I64BE : HDF5Constants.H5T_STD_U64BE;
      default -> throw unknown(number);
    };
  }

  private static long real(FloatingPoint number) {
    boolean little = number.getByteOrder() == ByteOrder.LITTLE_ENDIAN;
    return switch (number.getSize()) {
      case 4 -> little ? HDF5Constants.H5T_IEEE_F32LE : HDF5Constants.H5T_IEEE_F32BE;
      case 8 -> little ? HDF5Constants.H5T_IEEE_F64LE : HDF5Constants.H5T_IEEE_F64BE;
      default -> throw unknown(number);
    };
  }

  private static long string(StringData text) {
    if (text.getSize() < 1 || text.getSize() > LONGEST_STRING) {
      throw unknown(text);
    }
    long type = H5.H5Tcopy(HDF5Constants.H5T_C_S1);
    H5.H5Tset_size(type, text.getSize());
    H5.H5Tset_strpad(
        type,
        switch (text.getPaddingType()) {
          case NULL_TERMINATED -> HDF5Constants.H5T_STR_NULLTERM;
          case NULL_PADDED -> HDF5Constants.H5T_STR_NULLPAD;
          case SPACE_PADDED -> HDF5Constants.H5T_STR_SPACEPAD;
        });
    boolean utf8 = StandardCharsets.UTF_8.equals(text.getCharset());
    H5.H5Tset_cset(type, utf8 ? HDF5Constants.H5T_CSET_UTF8 : HDF5Constants.H5T_CSET_ASCII);
    return type;
  }

  private static long enumeration(EnumDataType choice) {
    if (!(choice.getBaseType() instanceof FixedPoint base) || base.getSize() > Integer.BYTES) {
      throw unknown(choice);
    }
    long type = H5.H5Tenum_create(integer(base));
    for (Map.Entry<Integer, String> entry : choice.getEnumMapping().entrySet()) {
      ByteBuffer value = ByteBuffer.allocate(Integer.BYTES).order(base.getByteOrder());
      switch (base.getSize()) {
        case 1 -> value.put(0, entry.getKey().byteValue());
        case 2 -> value.putShort(0, entry.getKey().shortValue());
        default -> value.putInt(0, entry.getKey());
      }
      H5.H5Tenum_insert(type, entry.getValue(), value.array());
    }
    return type;
  }

  private static long compound(CompoundDataType compound) {
    long type = H5.H5Tcreate(HDF5Constants.H5T_COMPOUND, compound.getSize());
    for (CompoundDataMember member : compound.getMembers()) {
      int[] dimensions = member.getDimensionSize();
      if (dimensions != null && dimensions.length > 0
          || member.getDataType() instanceof VariableLength) {
        throw unknown(compound);
      }
      long part = create(member.getDataType());
      try {
        H5.H5Tinsert(type, member.getName(), member.getOffset(), part);
      } finally {
        H5.H5Tclose(part);
      }
    }
    return type;
  }

  private static long variable(VariableLength list) {
    if (list.isVariableLengthString()) {
      long type = H5.H5Tcopy(HDF5Constants.H5T_C_S1);
      H5.H5Tset_size(type, HDF5Constants.H5T_VARIABLE);
      boolean utf8 = StandardCharsets.UTF_8.equals(list.getEncoding());
      H5.H5Tset_cset(type, utf8 ? HDF5Constants.H5T_CSET_UTF8 : HDF5Constants.H5T_CSET_ASCII);
      return type;
    }
    if (!(list.getParent() instanceof FixedPoint number) || number.getSize() != 1) {
      throw unknown(list);
    }
    return H5.H5Tvlen_create(integer(number));
  }

  private static DamageException unknown(DataType type) {
    return new DamageException(
        "data of the type %s of %d bytes cannot be copied"
            .formatted(type.getClass().getSimpleName(), type.getSize()));
  }
}
