; Keys of identifiers of many keys of days; `hkdf.py` fills the holes.
define void @derive(ptr %keys, i64 %n, ptr %out) {
entry:
  %state = alloca [8 x <${width} x i32>], align 64
  %words = alloca [16 x <${width} x i32>], align 64
  br label %batch
batch:
  %row = phi i64 [0, %entry], [%row.next, %batch]
  %taken = getelementptr [16 x i8], ptr %keys, i64 %row
  %made = getelementptr [16 x i8], ptr %out, i64 %row
${derivation}
  %row.next = add i64 %row, ${width}
  %row.more = icmp ult i64 %row.next, %n
  br i1 %row.more, label %batch, label %done
done:
  ret void
}
