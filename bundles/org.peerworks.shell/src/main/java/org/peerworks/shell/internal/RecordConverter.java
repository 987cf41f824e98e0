package org.peerworks.shell.internal;

import java.util.Collection;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.osgi.service.component.annotations.Component;

/** Prints the records that commands return: many as a table, one as a list of its fields. */
@Component(property = "osgi.converter.classes=java.lang.Record")
public final class RecordConverter implements Converter {

  /** The launcher says how wide its terminal is. */
  private static final int WIDTH =
      Math.max(40, Integer.getInteger("peerworks.columns", TextTable.DEFAULT_WIDTH));

  @Override
  public Object convert(Class<?> desiredType, Object in) {
    return null;
  }

  @Override
  public CharSequence format(Object target, int level, Converter escape) {
    if (target instanceof Record record && level != Converter.PART) {
      return TextTable.ofFields(record);
    }
    if (level != Converter.INSPECT || !(target instanceof Collection<?> values)) {
      return null;
    }
    if (values.isEmpty() || !values.stream().allMatch(Record.class::isInstance)) {
      return null;
    }
    List<Record> records = values.stream().map(Record.class::cast).toList();
    boolean oneKind = records.stream().map(Object::getClass).distinct().count() == 1;
    return oneKind ? TextTable.ofRecords(records, width(escape)) : null;
  }

  /** A session from far says how wide its terminal is. */
  private static int width(Converter session) {
    return session instanceof CommandSession known
            && known.get("COLUMNS") instanceof Integer columns
            && columns >= 40
        ? columns
        : WIDTH;
  }
}
