; Keys of days into identifiers, each looked up in two filters; `seek.py` fills the holes.
define i64 @seek(ptr %keys, ptr %starts, i64 %n, ptr %near, i32 %near_shift,
                 ptr %far, i32 %far_shift, ptr %out) {
entry:
  %state = alloca [8 x <${width} x i32>], align 64
  %words = alloca [16 x <${width} x i32>], align 64
  %rpik = alloca [${groups} x <${width} x i32>], align 64
  %rounds = alloca [${n_round_keys} x <${width} x i32>], align 64
  %slices = alloca [8 x <${width} x i32>], align 64
  %ids = alloca [${id_bytes} x i8], align 64
  %masks = alloca [${n_masks} x i16], align 64
${spread_shift}
  br label %batch
batch:
  %row = phi i64 [0, %entry], [%row.next, %batch.end]
  %found.batch = phi i64 [0, %entry], [%found.end, %batch.end]
  %taken = getelementptr [16 x i8], ptr %keys, i64 %row
${derivation}
  br label %group
group:
  %g = phi i64 [0, %batch], [%g.next, %group.end]
  %found.group = phi i64 [%found.batch, %batch], [%found.end, %group.end]
  %g.row = mul i64 %g, ${n}
  %first = add i64 %row, %g.row
  %g.rounds = mul i64 %g, ${keys_each}
  %schedule = getelementptr <${width} x i32>, ptr %rounds, i64 %g.rounds
${counters}
  br label %turn
turn:
  %j = phi i64 [0, %group], [%j.next, %turn]
  %counter = phi <${width} x i32> [%counter.first, %group], [%counter.next, %turn]
${turn}
  %j.next = add i64 %j, ${at_once}
  %j.more = icmp ult i64 %j.next, ${period}
  br i1 %j.more, label %turn, label %scan
scan:
  %w = phi i64 [0, %turn], [%w.next, %scan.next]
  %found.word = phi i64 [%found.group, %turn], [%found.end, %scan.next]
  %w.place = getelementptr i64, ptr %masks, i64 %w
  %w.mask = load i64, ptr %w.place, align 8
  %w.base = shl i64 %w, 6
  %w.none = icmp eq i64 %w.mask, 0
  br i1 %w.none, label %scan.next, label %mark
mark:
  %m = phi i64 [%w.mask, %scan], [%m.next, %mark]
  %found = phi i64 [%found.word, %scan], [%found.next, %mark]
  %m.bit = call i64 @llvm.cttz.i64(i64 %m, i1 true)
  %m.at = or i64 %w.base, %m.bit
  %m.turn = lshr i64 %m.at, 4
  %m.four = shl i64 %m.turn, 2
  %m.vector = and i64 %m.at, 3
  %m.interval = or i64 %m.four, %m.vector
  %m.lane = lshr i64 %m.at, 2
  %m.key = and i64 %m.lane, 3
  %m.ids = mul i64 %m.interval, ${n}
  %m.block = add i64 %m.ids, %m.key
  %m.place = getelementptr [16 x i8], ptr %ids, i64 %m.block
  %m.low = load i64, ptr %m.place, align 8
  %m.high.place = getelementptr i64, ptr %m.place, i64 1
  %m.high = load i64, ptr %m.high.place, align 8
  %m.row = add i64 %first, %m.key
  %m.shifted = shl i64 %m.row, 8
  %m.named = or i64 %m.shifted, %m.interval
  %o = getelementptr [24 x i8], ptr %out, i64 %found
  store i64 %m.named, ptr %o, align 8
  %o.low = getelementptr i64, ptr %o, i64 1
  store i64 %m.low, ptr %o.low, align 8
  %o.high = getelementptr i64, ptr %o, i64 2
  store i64 %m.high, ptr %o.high, align 8
  %f.upper = lshr i64 %m.low, 32
  %f.word = trunc i64 %f.upper to i32
  %f.index = lshr i32 %f.word, %far_shift
  %f.wide = zext i32 %f.index to i64
  %f.place = getelementptr i32, ptr %far, i64 %f.wide
  %f.held = load i32, ptr %f.place, align 4
  %f.turned = call i32 @llvm.fshl.i32(i32 %f.held, i32 %f.held, i32 %f.word)
  %f.bit = lshr i32 %f.turned, 31
  %f.known = zext i32 %f.bit to i64
  %found.next = add i64 %found, %f.known
  %m.less = sub i64 %m, 1
  %m.next = and i64 %m, %m.less
  %m.none = icmp eq i64 %m.next, 0
  br i1 %m.none, label %scan.next, label %mark
scan.next:
  %found.end = phi i64 [%found.word, %scan], [%found.next, %mark]
  %w.next = add i64 %w, 1
  %w.more = icmp ult i64 %w.next, 9
  br i1 %w.more, label %scan, label %group.end
group.end:
  %g.next = add i64 %g, 1
  %g.more = icmp ult i64 %g.next, ${groups}
  br i1 %g.more, label %group, label %batch.end
batch.end:
  %row.next = add i64 %row, ${width}
  %row.more = icmp ult i64 %row.next, %n
  br i1 %row.more, label %batch, label %done
done:
  ret i64 %found.end
}
