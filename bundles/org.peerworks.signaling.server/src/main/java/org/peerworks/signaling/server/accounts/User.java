package org.peerworks.signaling.server.accounts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An account. Immutable.
 *
 * @param id stays the same for ever; starts with {@code user-}
 * @param name to log in with, and for people
 * @param loginsFrom logins that are older than this are void
 */
public record User(
    String id,
    String name,
    Password password,
    Instant createdAt,
    Instant loginsFrom,
    List<AccountKey> keys,
    List<PublicKey> publicKeys) {

  public User {
    keys = List.copyOf(keys);
    publicKeys = List.copyOf(publicKeys);
  }

  User withPassword(Password changed, Instant now) {
    return new User(id, name, changed, createdAt, now, keys, publicKeys);
  }

  User withKey(AccountKey key) {
    return new User(id, name, password, createdAt, loginsFrom, with(keys, key), publicKeys);
  }

  User withoutKey(String keyId) {
    List<AccountKey> rest = keys.stream().filter(key -> !key.id().equals(keyId)).toList();
    return new User(id, name, password, createdAt, loginsFrom, rest, publicKeys);
  }

  User withPublicKey(PublicKey key) {
    return new User(id, name, password, createdAt, loginsFrom, keys, with(publicKeys, key));
  }

  User withoutPublicKey(String keyId) {
    List<PublicKey> rest = publicKeys.stream().filter(key -> !key.id().equals(keyId)).toList();
    return new User(id, name, password, createdAt, loginsFrom, keys, rest);
  }

  private static <T> List<T> with(List<T> list, T more) {
    List<T> longer = new ArrayList<>(list);
    longer.add(more);
    return longer;
  }

  /** Without what is secret. */
  @Override
  public String toString() {
    return "User[id=" + id + ", name=" + name + "]";
  }
}
