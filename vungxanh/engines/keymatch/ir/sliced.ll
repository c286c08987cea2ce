; AES-128 bit by bit; `sliced.py` fills the holes.
@round_constants = private constant [${n_constants} x i32] [${constants}]

; Eight vectors encrypted where they stand, under the planes of eleven keys.
define internal void @sliced(ptr %vectors, ptr %keys) noinline {
entry:
  %last = getelementptr ${kind}, ptr %keys, i64 80
${begin}
  br label %round
round:
  %r = phi i64 [8, %entry], [%r.next, %round]
${phis}
  %own = getelementptr ${kind}, ptr %keys, i64 %r
${round}
  %r.next = add i64 %r, 8
  %more = icmp ult i64 %r.next, 80
  br i1 %more, label %round, label %end
end:
${end}
  ret void
}

; The planes of the eleven keys of rounds of each key in a vector.
define internal void @slice_keys(ptr %key, ptr %keys) noinline {
entry:
  %first = load ${kind}, ptr %key, align 16
  br label %round
round:
  %r = phi i64 [0, %entry], [%r.next, %round]
  %now = phi ${kind} [%first, %entry], [%next.0, %round]
  %planes = mul i64 %r, 8
  %own = getelementptr ${kind}, ptr %keys, i64 %planes
  %constant.place = getelementptr i32, ptr @round_constants, i64 %r
  %constant = load i32, ptr %constant.place, align 4
${key}
  %r.next = add i64 %r, 1
  %more = icmp ult i64 %r.next, ${n_constants}
  br i1 %more, label %round, label %end
end:
  ret void
}
