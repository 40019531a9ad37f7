-- What wrk measured, as one line of JSON.
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '\nMEASURED {"requests": %d, "seconds": %.4f, "p50_ms": %.4f, "p95_ms": %.4f, "errors": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(95) / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
