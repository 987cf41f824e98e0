/** Handing in jobs, following them, fetching what they return. */
package org.peerworks.cli.job;
