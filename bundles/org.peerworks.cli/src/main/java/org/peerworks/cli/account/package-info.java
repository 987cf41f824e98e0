/**
 * The commands {@code login}, {@code logout}, {@code whoami}, {@code status}, {@code room}, {@code
 * token}, {@code key} and {@code credentials}.
 */
package org.peerworks.cli.account;
