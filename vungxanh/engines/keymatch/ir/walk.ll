; Key entries of an export.bin into columns; `walk.py` says what is taken and what is not.
define i64 @walk(ptr %body, i64 %from, i64 %until, ptr %keys, ptr %starts,
                 ptr %periods, ptr %risks, ptr %types, ptr %onsets, ptr %end) {
entry:
  br label %next
next:
  %at = phi i64 [%from, %entry], [%stop, %close]
  %n = phi i64 [0, %entry], [%n.next, %close]
  %fits = icmp ult i64 %at, %until
  br i1 %fits, label %open, label %done
open:
  %p = getelementptr i8, ptr %body, i64 %at
  %head = load i16, ptr %p, align 1
  %marked = and i16 %head, -32513  ; the tag, and whether the length goes on
  %is.key = icmp eq i16 %marked, 58  ; field 7, bytes
  %length.word = lshr i16 %head, 8
  %length = zext i16 %length.word to i64
  %inside = add i64 %at, 2
  %stop = add i64 %inside, %length
  %is.whole = icmp ule i64 %stop, %until
  %is.plain = and i1 %is.key, %is.whole
  br i1 %is.plain, label %field, label %done
field:
  %q = phi i64 [%inside, %open], [%q.data, %data.taken], [%q.start, %start.taken],
    [%q.period, %period.taken], [%q.period.long, %period.long.taken], ${arrivals}
  %has = phi i1 [false, %open], [true, %data.taken], [%has, %start.taken],
    [%has, %period.taken], [%has, %period.long.taken], ${remembered}
  %f = getelementptr i8, ptr %body, i64 %q
  %mark = load i16, ptr %f, align 1
  %tag = trunc i16 %mark to i8
  %value = lshr i16 %mark, 8
  %byte = trunc i16 %value to i8
  %more = icmp ult i64 %q, %stop
  br i1 %more, label %tagged, label %close
tagged:
  switch i8 %tag, label %done [
    i8 10, label %data  ; key_data
    i8 24, label %start  ; rolling_start_interval_number
    i8 32, label %period  ; rolling_period
${cases}
  ]
data:
  %is.16 = icmp eq i8 %byte, 16
  br i1 %is.16, label %data.taken, label %done
data.taken:
  %data.from = getelementptr i8, ptr %f, i64 2
  %content = load <16 x i8>, ptr %data.from, align 1
  %data.to = getelementptr [16 x i8], ptr %keys, i64 %n
  store <16 x i8> %content, ptr %data.to, align 1
  %q.data = add i64 %q, 18
  br label %field
start:
  %start.from = getelementptr i8, ptr %f, i64 1
  %start.bytes = load i32, ptr %start.from, align 1
  %start.marks = and i32 %start.bytes, -2139062144  ; which bytes go on
  %is.four = icmp eq i32 %start.marks, 8421504  ; all but the fourth
  br i1 %is.four, label %start.taken, label %done
start.taken:
${groups}
  %start.to = getelementptr i32, ptr %starts, i64 %n
  store i32 %start.sum.3, ptr %start.to, align 4
  %q.start = add i64 %q, 5
  br label %field
period:
  %period.to = getelementptr i8, ptr %periods, i64 %n
  %period.before = sub i8 %byte, 1
  %is.short = icmp ult i8 %period.before, 127
  br i1 %is.short, label %period.taken, label %period.long
period.taken:
  store i8 %byte, ptr %period.to, align 1
  %q.period = add i64 %q, 2
  br label %field
period.long:
  %second.from = getelementptr i8, ptr %f, i64 2
  %second = load i8, ptr %second.from, align 1
  %is.second = icmp eq i8 %second, 1
  %is.day = icmp ule i8 %byte, -112  ; 144
  %is.marked = icmp slt i8 %byte, 0
  %is.long.0 = and i1 %is.second, %is.day
  %is.long = and i1 %is.long.0, %is.marked
  br i1 %is.long, label %period.long.taken, label %done
period.long.taken:
  store i8 %byte, ptr %period.to, align 1
  %q.period.long = add i64 %q, 3
  br label %field
${blocks}
close:
  %exact = icmp eq i64 %q, %stop
  %good = and i1 %exact, %has
  %n.one = zext i1 %good to i64
  %n.next = add i64 %n, %n.one
  br i1 %good, label %next, label %done
done:
  store i64 %at, ptr %end, align 8
  ret i64 %n
}
