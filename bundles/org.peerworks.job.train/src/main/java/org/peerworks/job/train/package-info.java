/** Job type {@code train}: trains the models of a SLEAP training package. */
package org.peerworks.job.train;
